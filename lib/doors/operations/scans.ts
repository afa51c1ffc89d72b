import { z } from "zod";
import { scanListRecord, scanRecord } from "@/lib/domain/records/scan";
import { environmentPath, nothing, operation, page, recordPath } from "../operation";

const flag = z.enum(["true", "false", "1", "0"]).default("false").transform((text) => text === "true" || text === "1");
const words = z.string().max(4_000).optional();

export const scans = {
  importScan: operation({
    method: "post", path: "/environments/{env}/scans", tag: "scans", act: "scan.import", summary: "Takes a report, plain or gzip, and queues its import",
    params: environmentPath, body: nothing, upload: "report", status: 202,
    query: z.strictObject({
      format: z.string().max(100).default("auto").describe("auto, or a format by name."),
      detector: z.string().trim().min(1).max(200).optional().describe("The name of the tool, where the report does not say it."),
      asset: z.string().trim().min(1).max(300).optional().describe("What the results without a host of their own belong to."),
      asset_override: flag.describe("All results belong to `asset`."),
      scope: z.enum(["full", "partial"]).default("full"),
      rules: words.describe("Partial: the rules it looked for, by commas."),
      paths: words.describe("Partial: the paths it looked at, by commas."),
      findings: words.describe("Partial: the findings it looked for, by number and commas."),
      dry_run: flag.describe("Stops before anything is applied."),
      wait: flag.describe("Holds the answer until the import is done, at most 60 seconds."),
      filename: z.string().max(300).optional(),
    }),
    answer: z.object({ scan: z.union([scanRecord, z.object({ id: z.number().int(), status: z.string() })]) }).meta({ id: "ScanAccepted" }),
  }),
  applyScan: operation({
    method: "post", path: "/environments/{env}/scans/{id}/apply", tag: "scans", act: "scan.import", summary: "Applies a previewed scan: its file is read again",
    params: recordPath, query: nothing, body: nothing, status: 202, answer: scanRecord,
  }),
  releaseScan: operation({
    method: "post", path: "/environments/{env}/scans/{id}/release", tag: "scans", act: "scan.import", summary: "Lets a held scan go on",
    params: recordPath, query: nothing, body: nothing, status: 202, answer: scanRecord,
  }),
  cancelScan: operation({
    method: "post", path: "/environments/{env}/scans/{id}/cancel", tag: "scans", act: "scan.import", summary: "Stops a scan that is not being applied yet",
    params: recordPath, query: nothing, body: nothing, status: 200, answer: scanRecord,
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
