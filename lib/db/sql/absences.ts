import { z } from "zod";
import { sql, type Db, type Sql } from "@/lib/db/client";
import { manyRows } from "@/lib/db/rows";

const absence = z.object({ finding: z.number(), scan: z.number(), sha256: z.string().nullable(), by: z.string(), type: z.string(), actor: z.string(), person: z.number().nullable() });

/** The newest that scans said of a finding. */
const NEWEST = (finding: Sql) => sql`SELECT c.scan_id, c.kind FROM scan_change c WHERE c.finding_id = ${finding} AND c.kind <> 'history' ORDER BY c.id DESC LIMIT 1`;

/** The scan after which each of these findings was no longer detected, with its report and who sent it. One step back on scan_change_finding_id_id_idx each. */
export async function absences(db: Db, findings: readonly number[]): Promise<z.output<typeof absence>[]> {
  return manyRows(db, absence, sql`
    SELECT g.id AS finding, s.id AS scan, u.sha256, s.actor_name AS by, s.actor_type AS type, s.actor_id AS actor, s.person_id AS person
    FROM unnest(${[...findings]}::int[]) AS g(id) CROSS JOIN LATERAL (${NEWEST(sql`g.id`)}) c
    JOIN scan s ON s.id = c.scan_id JOIN upload u ON u.id = s.upload_id WHERE c.kind = 'unseen' ORDER BY g.id`);
}

/** Where an absence counts as evidence: in these calibrated bands, and not by a scan of this signer; null: whoever sent it. */
export type AbsenceRule = { bands: readonly string[]; notBy: { type: string; id: string; personId: number | null } | null };

/** Does such a scan stand for a finding `f`, by this rule? Only the undetected of those bands are looked up. */
export function provedByAbsence({ bands, notBy }: AbsenceRule, band: Sql): Sql {
  const isOwn = notBy ? sql`(s.actor_type = ${notBy.type}::actor_type AND s.actor_id = ${notBy.id} OR coalesce(s.person_id = ${notBy.personId}::int, false))` : sql`false`;
  return sql`CASE WHEN f.scanner_status = 'closed' AND ${band} = ANY (${[...bands]}::text[]) THEN EXISTS (
    SELECT FROM (${NEWEST(sql`f.id`)}) c JOIN scan s ON s.id = c.scan_id JOIN upload u ON u.id = s.upload_id WHERE c.kind = 'unseen' AND NOT ${isOwn})
    ELSE false END`;
}
