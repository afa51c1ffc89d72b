import { z } from "zod";
import { moment } from "@/lib/domain/records/finding";
import { scanCounts } from "@/lib/domain/scan/counts";
import { SCAN_STATUSES } from "@/lib/domain/views/scans";

const n = z.number().int();

/** A scan as outsiders read it, its counts among the rest. */
export const scanRecord = z.object({
  id: n,
  status: z.enum(SCAN_STATUSES),
  file: z.string().nullable(),
  format: z.string(),
  taken_at: moment.nullable(),
  parts: z.array(z.object({ detector: z.string(), asset_count: n, scope: z.enum(["full", "partial"]), failed: z.boolean() })).max(10_000),
  ...scanCounts.shape,
  sha256: z.string().nullable(),
  requested_at: moment,
  started_at: moment.nullable(),
  finished_at: moment.nullable(),
  error: z.object({ message: z.string(), at: z.string().nullable().describe("Line or path of the fault.") }).nullable(),
  url: z.string(),
}).meta({ id: "Scan" });
export type ScanRecord = z.output<typeof scanRecord>;

export const scanListRecord = z.object({ items: z.array(scanRecord).max(500), next_cursor: z.string().nullable() }).meta({ id: "ScanList" });
export type ScanListRecord = z.output<typeof scanListRecord>;
