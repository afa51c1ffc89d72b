import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { grouped } from "@/lib/domain/grouped";
import { SEVERITIES } from "@/lib/domain/finding/words";

const linked = z.object({ ticket: z.number(), id: z.number(), severity: z.enum(SEVERITIES) });

/** The open tickets that hold any of these findings, by number, each with all its findings and their severity as it stands. ticket_finding_finding_id_ticket_id_idx. */
export async function severitiesOn(db: Db, environment: number, findings: readonly number[]): Promise<Map<number, z.output<typeof linked>[]>> {
  const found = await rows(db, linked, sql`
    SELECT t.number AS ticket, f.id, f.calibrated AS severity FROM (SELECT DISTINCT ticket_id FROM ticket_finding WHERE finding_id = ANY (${[...findings]}::int[]) AND is_open) o
    JOIN ticket t ON t.id = o.ticket_id AND t.environment_id = ${environment} JOIN ticket_finding tf ON tf.ticket_id = t.id AND tf.is_open JOIN finding f ON f.id = tf.finding_id
    ORDER BY t.id, f.id`);
  return grouped(found, ({ ticket }) => ticket);
}
