import { z } from "zod";
import { sql } from "@/lib/db/client";
import { count } from "@/lib/db/rows";
import { GOVERNANCE_STATUSES } from "@/lib/domain/finding/words";

export const ACTOR_TYPES = ["user", "token", "automation", "connector", "system"] as const;

/** An event of the log with its texts; a retired body leaves them null. */
export const eventRow = z.object({
  sequence: count,
  at: z.date(),
  actor_type: z.enum(ACTOR_TYPES),
  actor_id: z.string(),
  actor_name: z.string(),
  action: z.string(),
  record_type: z.string(),
  record_number: z.number().nullable(),
  version: z.number().nullable(),
  fields: z.array(z.string()).nullable(),
  from_status: z.enum(GOVERNANCE_STATUSES).nullable(),
  to_status: z.enum(GOVERNANCE_STATUSES).nullable(),
  action_id: z.string(),
  bulk_id: z.number().nullable(),
  scan_id: z.number().nullable(),
  revokes: z.string().nullable(),
  request_id: z.string(),
  hash: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
});
export type StoredEvent = z.output<typeof eventRow>;

/** The columns of `eventRow`, read from `audit_event e` and `audit_body b`. */
export const EVENT_COLUMNS = sql`e.sequence, e.at, e.actor_type, e.actor_id, e.actor_name, e.action, e.record_type, e.record_number, e.version, e.fields,
  e.from_status, e.to_status, e.action_id, e.bulk_id, e.scan_id, e.revokes, e.request_id, encode(e.hash, 'hex') AS hash, b.before, b.after, b.reason, b.note`;
