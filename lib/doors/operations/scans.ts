import { z } from "zod";
import { scanListRecord, scanPreviewRecord, scanRecord, scanRowsRecord } from "@/lib/domain/records/scan";
import { PREVIEW_KINDS } from "@/lib/domain/scan/preview";
import { environmentPath, nothing, operation, page, recordPath } from "../operation";

const applied = z.strictObject({
  expects: z.string().regex(/^[0-9a-f]{64}$/).optional().describe("The digest of the preview that was seen; left open, the newest one."),
  note: z.string().trim().min(1).max(2_000).optional(),
});

const flag = z.enum(["true", "false", "1", "0"]).default("false").transform((text) => text === "true" || text === "1");
const words = z.string().max(4_000).optional();

export const scans = {
  importScan: operation({
    method: "post", path: "/environments/{env}/scans", tag: "scans", act: "scan.import", summary: "Takes a report, plain, gzip or zip, and queues its import",
    params: environmentPath, body: nothing, upload: "report", status: 202,
    query: z.strictObject({
      format: z.string().max(100).default("auto").describe("auto, or a format by name."),
      detector: z.string().trim().min(1).max(200).optional().describe("The name of the tool, where the report does not say it. A table of one's own (generic-csv, generic-json) that names none counts as partial."),
      asset: z.string().trim().min(1).max(300).optional().describe("What the results without a host of their own belong to."),
      asset_override: flag.describe("All results belong to `asset`."),
      scope: z.enum(["full", "partial"]).optional().describe("Left open: full, but partial for formats that look whole wherever they were cut (CSV, JSON Lines)."),
      rules: words.describe("Partial: the rules it looked for, by commas."),
      paths: words.describe("Partial: the paths it looked at, by commas."),
      findings: words.describe("Partial: the findings it looked for, by number and commas."),
      taken_at: z.string().max(100).optional().describe("When the report was taken, as ISO 8601: counts where the report itself says no time, and is never in the future."),
      dry_run: flag.describe("Stops at the preview, before anything is applied."),
      apply: z.literal("now").optional().describe("Does not stop at the preview, where the policy would."),
      brake: z.enum(["on", "off"]).default("on").describe("off: for managers, with a note."),
      note: z.string().trim().min(1).max(2_000).optional().describe("Why the brake is off."),
      mapping: z.string().max(30_000).optional().describe("How the columns of a generic table are read: JSON, or the name of a saved mapping."),
      wait: flag.describe("Holds the answer until the import is done, at most 60 seconds."),
      filename: z.string().max(300).optional(),
    }),
    answer: z.object({ scan: z.union([scanRecord, z.object({ id: z.number().int(), status: z.string() })]) }).meta({ id: "ScanAccepted" }),
  }),
  applyScan: operation({
    method: "post", path: "/environments/{env}/scans/{id}/apply", tag: "scans", act: "scan.import", summary: "Applies a preview: the file is read again, and what moved is shown instead",
    params: recordPath, query: nothing, body: applied, status: 202, answer: scanRecord,
  }),
  releaseScan: operation({
    method: "post", path: "/environments/{env}/scans/{id}/release", tag: "scans", act: "scan.release", summary: "Lets a scan go on that the brake holds",
    params: recordPath, query: nothing, body: applied.extend({ note: applied.shape.note.describe("Why that much may vanish: it is not released without.") }), status: 202, answer: scanRecord,
  }),
  cancelScan: operation({
    method: "post", path: "/environments/{env}/scans/{id}/cancel", tag: "scans", act: "scan.import", summary: "Stops a scan until it is written down",
    params: recordPath, query: nothing, body: nothing, status: 200, answer: scanRecord,
  }),
  previewScan: operation({
    method: "get", path: "/environments/{env}/scans/{id}/preview", tag: "scans", act: "scan.read", summary: "What a scan will do, or did, as an attempt worked it out",
    params: recordPath, query: z.strictObject({ attempt: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe("Left open: the newest.") }),
    body: nothing, status: 200, answer: scanPreviewRecord,
  }),
  scanRows: operation({
    method: "get", path: "/environments/{env}/scans/{id}/rows", tag: "scans", act: "scan.read", summary: "The rows behind one count of a preview, each with its reason",
    params: recordPath,
    query: z.strictObject({
      kind: z.enum(PREVIEW_KINDS).default("new"), attempt: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe("Left open: the newest."),
      limit: z.coerce.number().int().min(1).max(200).default(100), cursor: z.string().regex(/^\d{1,6}$/).optional(),
    }),
    body: nothing, status: 200, answer: scanRowsRecord,
  }),
  listScans: operation({
    method: "get", path: "/environments/{env}/scans", tag: "scans", act: "scan.read", summary: "Scans, newest first",
    params: environmentPath, query: z.strictObject(page), body: nothing, status: 200, answer: scanListRecord,
  }),
  getScan: operation({
    method: "get", path: "/environments/{env}/scans/{id}", tag: "scans", act: "scan.read", summary: "One scan with its counts",
    params: recordPath, query: nothing, body: nothing, status: 200, answer: scanRecord,
  }),
};
