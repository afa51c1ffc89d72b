import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { manyRows } from "@/lib/db/rows";

const absence = z.object({ finding: z.number(), scan: z.number(), sha256: z.string().nullable(), by: z.string(), type: z.string(), actor: z.string(), person: z.number().nullable() });

/** The scan after which each of these findings was no longer detected, with its report and who sent it. One step back on scan_change_finding_id_id_idx each. */
export async function absences(db: Db, findings: readonly number[]): Promise<z.output<typeof absence>[]> {
  return manyRows(db, absence, sql`
    SELECT g.id AS finding, s.id AS scan, u.sha256, s.actor_name AS by, s.actor_type AS type, s.actor_id AS actor, s.person_id AS person
    FROM unnest(${[...findings]}::int[]) AS g(id) CROSS JOIN LATERAL (
      SELECT c.scan_id, c.kind FROM scan_change c WHERE c.finding_id = g.id AND c.kind <> 'history' ORDER BY c.id DESC LIMIT 1) c
    JOIN scan s ON s.id = c.scan_id JOIN upload u ON u.id = s.upload_id WHERE c.kind = 'unseen' ORDER BY g.id`);
}
