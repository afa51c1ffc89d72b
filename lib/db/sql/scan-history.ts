import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row } from "@/lib/db/rows";

const letGo = z.object({ by: z.string(), at: z.date(), note: z.string().nullable(), lifted: z.boolean() });

/** Who let a scan go last that was shown or held, when, and with which note; `lifted`: released from the brake. Null: nobody had to. */
export async function lastLetGo(db: Db, environment: number, scan: number): Promise<z.output<typeof letGo> | null> {
  return row(db, letGo, sql`
    SELECT e.actor_name AS by, e.at, b.note, coalesce(b.after->>'brake' = 'off', false) AS lifted FROM audit_event e JOIN audit_body b USING (sequence)
    WHERE e.record_type = 'scan' AND (CASE WHEN e.record_type = 'scan' THEN e.record_number END) = ${scan} AND e.environment_id = ${environment} AND e.action = 'scan.released'
    ORDER BY e.sequence DESC LIMIT 1`);
}
