import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";

const logged = z.object({
  /** The place in the order: microseconds since 1970, e(vent) or s(can), and its id. */
  micros: z.string(),
  kind: z.string(),
  id: z.string(),
  sequence: count.nullable(),
  at: z.date(),
  actor_type: z.enum(["user", "token", "automation", "connector", "system"]),
  actor_id: z.string(),
  actor_name: z.string(),
  action: z.string(),
  record_type: z.string(),
  record_number: z.number().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  bulk_id: z.number().nullable(),
  scan_id: z.number().nullable(),
  action_id: z.string().nullable(),
  request_id: z.string().nullable(),
});
export type Logged = z.output<typeof logged>;
export type Place = Pick<Logged, "micros" | "kind" | "id">;

/** Events and detection changes of one finding, newest first. Both sides come off (finding_id, id); a finding has few hundred of them. */
export async function findingLog(db: Db, environment: number, finding: number, after: Place | null, limit: number): Promise<Logged[]> {
  const beyond = after === null ? sql`TRUE` : sql`(micros, kind, id) < (${after.micros}::text::bigint, ${after.kind}, ${after.id}::text::bigint)`;
  return rows(db, logged, sql`
    SELECT micros::text, kind, id::text, sequence, at, actor_type, actor_id, actor_name, action, record_type, record_number,
      before, after, reason, note, bulk_id, scan_id, action_id, request_id
    FROM (
      SELECT (extract(epoch FROM e.at) * 1000000)::bigint AS micros, 'e' AS kind, e.sequence AS id, e.sequence, e.at, e.actor_type::text, e.actor_id, e.actor_name,
        e.action, e.record_type, e.record_number, b.before::jsonb AS before, b.after::jsonb AS after, b.reason, b.note, e.bulk_id, e.scan_id, e.action_id::text, e.request_id
      FROM audit_event e JOIN audit_body b USING (sequence) WHERE e.environment_id = ${environment} AND e.finding_id = ${finding}
      UNION ALL
      SELECT (extract(epoch FROM c.at) * 1000000)::bigint, 's', c.id, NULL, c.at, 'system', 'system', 'System', c.kind::text, 'finding', f.number,
        NULL, jsonb_build_object('scan', c.scan_id), NULL, NULL, NULL, c.scan_id, NULL, NULL
      FROM scan_change c JOIN finding f ON f.id = c.finding_id WHERE c.environment_id = ${environment} AND c.finding_id = ${finding}
    ) entry WHERE ${beyond} ORDER BY micros DESC, kind DESC, id DESC LIMIT ${limit}`);
}
