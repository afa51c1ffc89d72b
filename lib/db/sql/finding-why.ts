import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { BESIDE_FINDING, FINDING_COLUMNS, findingRow } from "@/lib/db/sql/finding-row";
import { GOVERNANCE_STATUSES } from "@/lib/domain/finding/words";

const status = z.enum(GOVERNANCE_STATUSES).nullable();
const told = findingRow.extend({
  moved_by: z.string().nullable(), moved_at: z.date().nullable(), moved_from: status, moved_to: status, moved_reason: z.string().nullable(),
  touched_by: z.string().nullable(), touched_at: z.date().nullable(), touched_action: z.string().nullable(), touched_id: z.string().nullable(),
  first_scan: z.number().nullable(), first_at: z.date().nullable(), last_scan: z.number().nullable(), last_kind: z.enum(["refound", "unseen"]).nullable(), last_at: z.date().nullable(),
});
export type ToldFinding = z.output<typeof told>;

/**
 * What answers "why is this here?" in one statement: the finding, the event behind its status, the newest event of people, and the scans behind
 * its detection. An index look-up each: audit_event_finding_id_sequence_idx and scan_change_finding_id_id_idx from their ends.
 */
export async function tellFinding(db: Db, environment: number, number: number): Promise<ToldFinding | null> {
  return row(db, told, sql`
    SELECT ${FINDING_COLUMNS}, m.actor_name AS moved_by, m.at AS moved_at, m.from_status AS moved_from, m.to_status AS moved_to, m.reason AS moved_reason,
      t.actor_name AS touched_by, t.at AS touched_at, t.action AS touched_action, 'e' || t.sequence AS touched_id,
      n.scan_id AS first_scan, n.at AS first_at, l.scan_id AS last_scan, l.kind AS last_kind, l.at AS last_at
    FROM finding f ${BESIDE_FINDING}
    LEFT JOIN LATERAL (SELECT e.actor_name, e.at, e.from_status, e.to_status, b.reason FROM audit_event e JOIN audit_body b USING (sequence)
      WHERE e.finding_id = f.id AND e.to_status IS NOT NULL ORDER BY e.sequence DESC LIMIT 1) m ON true
    LEFT JOIN LATERAL (SELECT e.actor_name, e.at, e.action, e.sequence FROM audit_event e WHERE e.finding_id = f.id AND e.version IS NOT NULL ORDER BY e.sequence DESC LIMIT 1) t ON true
    LEFT JOIN LATERAL (SELECT c.scan_id, c.at FROM scan_change c WHERE c.finding_id = f.id AND c.kind = 'new' ORDER BY c.id LIMIT 1) n ON true
    LEFT JOIN LATERAL (SELECT c.scan_id, c.kind, c.at FROM scan_change c WHERE c.finding_id = f.id AND c.kind IN ('refound', 'unseen') ORDER BY c.id DESC LIMIT 1) l ON true
    WHERE f.environment_id = ${environment} AND f.number = ${number}`);
}
