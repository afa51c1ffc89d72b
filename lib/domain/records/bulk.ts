import { z } from "zod";
import { BULK_CATEGORIES, BULK_STATUSES } from "@/lib/domain/bulk/words";
import { moment } from "@/lib/domain/records/finding";

const n = z.number().int();

/** What is found before it is done, or came out: a heading, how many, and what is to do. */
export const bulkGroup = z.object({
  code: z.enum(BULK_CATEGORIES), label: z.string(), n, why: z.string().nullable(), next: z.string().nullable(),
  from: z.string().nullable(), to: z.string().nullable(),
});
export type BulkGroup = z.output<typeof bulkGroup>;

export const bulkRecord = z.object({
  id: n,
  status: z.enum(BULK_STATUSES),
  total: n,
  done: n,
  changed: n,
  requested: n.describe("Acceptances that wait for an approver."),
  skipped: z.array(z.object({ number: n, why: z.string() })).max(100_000).describe("Findings that were left alone, and why: the first thousand; all of them stand under items."),
  skipped_count: n,
  groups: z.array(bulkGroup).max(10_000).describe("Before it starts: what would become of the findings, by what they have in common."),
  undo_until: moment.nullable(),
  undo_of: n.nullable(),
  undone_by: n.nullable(),
  actor: z.object({ type: z.string(), name: z.string() }),
  action: z.unknown(),
  filter: z.unknown(),
  as_of: moment.nullable(),
  created_at: moment,
  started_at: moment.nullable(),
  finished_at: moment.nullable(),
  error: z.string().nullable(),
}).meta({ id: "Bulk" });
export type BulkRecord = z.output<typeof bulkRecord>;

export const bulkListRecord = z.object({ items: z.array(bulkRecord).max(500), next_cursor: z.string().nullable() }).meta({ id: "BulkList" });

export const BULK_OUTCOMES = ["planned", "waiting", "changed", "requested", "skipped"] as const;

export const bulkItemRecord = z.object({
  number: n, title: z.string(), asset: z.string(), severity: z.string(), version: n.describe("The version at which it was frozen."),
  outcome: z.enum(BULK_OUTCOMES), code: z.enum(BULK_CATEGORIES), why: z.string().nullable(), next: z.string().nullable(),
}).meta({ id: "BulkItem" });
export type BulkItemRecord = z.output<typeof bulkItemRecord>;

export const bulkItemsRecord = z.object({ items: z.array(bulkItemRecord).max(500), next_cursor: z.string().nullable() }).meta({ id: "BulkItems" });

const started = { id: n, status: z.enum(BULK_STATUSES).optional(), total: n.optional(), undo_of: n.nullable().optional() };
export const bulkStarted = z.object({ bulk: z.object(started) }).meta({ id: "BulkStarted" });
