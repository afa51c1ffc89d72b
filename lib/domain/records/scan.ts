import { z } from "zod";
import { moment } from "@/lib/domain/records/finding";
import { SEVERITIES } from "@/lib/domain/finding/words";
import { brake } from "@/lib/domain/scan/brake";
import { COUNT_NAMES, scanCounts } from "@/lib/domain/scan/counts";
import { PREVIEW_KINDS } from "@/lib/domain/scan/preview";
import { SCAN_STATUSES } from "@/lib/domain/views/scans";

const n = z.number().int();

/** A scan as outsiders read it, its counts among the rest. */
export const scanRecord = z.object({
  id: n,
  status: z.enum(SCAN_STATUSES),
  file: z.string().nullable(),
  format: z.string(),
  taken_at: moment.nullable(),
  parts: z.array(z.object({
    detector: z.string(), asset_count: n, scope: z.enum(["full", "partial"]), failed: z.boolean(), rejected: n.describe("Rows of it that could not be read: with any, it closes nothing."),
  })).max(10_000),
  ...scanCounts.shape,
  sha256: z.string().nullable(),
  file_removed_at: moment.nullable().describe("Since when the file itself is gone; its name, size and hash stay."),
  requested_at: moment,
  started_at: moment.nullable(),
  finished_at: moment.nullable(),
  error: z.object({ message: z.string(), at: z.string().nullable().describe("Line or path of the fault."), next: z.string().describe("What helps."),
    tried: z.array(z.object({ format: z.string(), why: z.string() })).max(200).describe("What each format says to a report that is none of them, or could be several.") }).nullable(),
  trouble: z.string().nullable().describe("Why it waits, and what helps, where the import broke off by no fault of its report: it is tried again by itself."),
  dry_run: z.boolean().describe("It stops at the preview."),
  digest: z.string().nullable().describe("Of the newest preview: what `apply` and `release` take as `expects`."),
  held: z.array(z.string()).max(100).describe("Why the brake holds it, in words."),
  notes: z.array(z.string()).max(20).describe("What its sender should know beside the counts, and what to do: results without an asset, assets that are new, changed severities."),
  progress: z.object({
    bytes_read: n, bytes: n, results_read: n, passes: n.describe("How often the file is read in all: `bytes_read` counts through each of them."),
    share: z.number().min(0).max(1).nullable().describe("How much of the reading is done; null while that is unknown."),
    step: z.object({ at: n, of: n, words: z.string(), final: z.boolean().describe("It is written down now and can be cancelled no more.") }).nullable().describe("Which step of working it out is on."),
  }),
  url: z.string(),
}).meta({ id: "Scan" });
export type ScanRecord = z.output<typeof scanRecord>;

export const scanListRecord = z.object({ items: z.array(scanRecord).max(500), next_cursor: z.string().nullable() }).meta({ id: "ScanList" });
export type ScanListRecord = z.output<typeof scanListRecord>;

/** What a scan will do, or did. */
export const scanPreviewRecord = z.object({
  scan: n,
  status: z.enum(SCAN_STATUSES),
  attempt: n,
  made_at: moment,
  newest: z.boolean().describe("Only the newest can be applied."),
  applied: z.boolean(),
  counts: scanCounts,
  digest: z.string(),
  brakes: z.array(brake).max(100),
  moved: z.object({
    since: n.describe("The attempt that made the preview before."),
    words: z.string(),
    counts: z.array(z.object({ name: z.enum(COUNT_NAMES), from: n, to: n })).max(20),
    scans: z.array(z.object({ scan: n, by: z.string(), at: moment })).max(20),
    decisions: z.object({ total: n, latest: z.array(z.object({ finding: n, to: z.string(), by: z.string(), at: moment })).max(20) }),
  }).nullable(),
  attempts: z.array(z.object({ attempt: n, made_at: moment, digest: z.string() })).max(50),
}).meta({ id: "ScanPreview" });
export type ScanPreviewRecord = z.output<typeof scanPreviewRecord>;

const scanRow = z.object({
  kind: z.enum(PREVIEW_KINDS), position: n, finding: n.nullable(), asset: z.string().nullable(), severity: z.enum(SEVERITIES).nullable(),
  title: z.string(), location: z.string(), why: z.string(),
});
export const scanRowsRecord = z.object({ items: z.array(scanRow).max(200), next_cursor: z.string().nullable() }).meta({ id: "ScanRows" });
export type ScanRowsRecord = z.output<typeof scanRowsRecord>;
