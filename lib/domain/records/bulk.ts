import { z } from "zod";
import { moment } from "@/lib/domain/records/finding";

export const BULK_STATUSES = ["queued", "running", "paused", "completed", "cancelled", "failed"] as const;
const n = z.number().int();

export const bulkRecord = z.object({
  id: n,
  status: z.enum(BULK_STATUSES),
  total: n,
  done: n,
  changed: n,
  skipped: z.array(z.object({ number: n, why: z.string() })).max(100_000).describe("Each finding that was left alone, and why."),
  undo_until: moment.nullable(),
  undo_of: n.nullable(),
}).meta({ id: "Bulk" });
export type BulkRecord = z.output<typeof bulkRecord>;

export const bulkStarted = z.object({ bulk: z.object({ id: n, undo_of: n.nullable().optional() }) }).meta({ id: "BulkStarted" });
