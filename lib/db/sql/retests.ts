import { z } from "zod";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";

const retest = z.object({
  id: z.number(), finding: z.number(), ticket: z.number().nullable(), status: z.enum(["requested", "passed", "failed", "cancelled"]), dueAt: z.date(), requestedBy: z.string(),
  settledBy: z.string().nullable(), settledAt: z.date().nullable(), note: z.string().nullable(), scan: z.number().nullable(), createdAt: z.date(),
});

/** A retest; `finding` and `ticket` are numbers. */
export type StoredRetest = z.output<typeof retest>;

const COLUMNS = sql`r.id, f.number AS finding, t.number AS ticket, r.status, r.due_at AS "dueAt", r.requested_by AS "requestedBy", r.settled_by AS "settledBy", r.settled_at AS "settledAt",
  r.note, r.scan_id AS scan, r.created_at AS "createdAt"`;

/** Retests by id. */
export async function retestsById(db: Db, environment: number, ids: readonly number[]): Promise<StoredRetest[]> {
  return rows(db, retest, sql`
    SELECT ${COLUMNS} FROM retest r JOIN finding f ON f.id = r.finding_id LEFT JOIN ticket t ON t.id = r.ticket_id
    WHERE r.environment_id = ${environment} AND r.id = ANY (${[...ids]}::int[]) ORDER BY r.id`);
}

/** The retests that stand on these findings, by the finding's row. retest_one_standing_partial. */
export async function standingRetests(db: Db, findings: readonly number[]): Promise<Map<number, number>> {
  const found = await rows(db, z.object({ finding: z.number(), id: z.number() }), sql`
    SELECT finding_id AS finding, id FROM retest WHERE finding_id = ANY (${[...findings]}::int[]) AND status = 'requested' ORDER BY id`);
  return new Map(found.map(({ finding, id }) => [finding, id]));
}

/** Ids for retests to come, so that the log, which is written first, can name them. */
export async function reserveRetests(tx: Tx, howMany: number): Promise<number[]> {
  const ids = await rows(tx, z.object({ id: z.number() }), sql`SELECT nextval(pg_get_serial_sequence('retest', 'id'))::int AS id FROM generate_series(1, ${howMany}::int)`);
  return ids.map(({ id }) => id);
}

export type NewRetest = { id: number; finding: number; dueAt: Date; note: string | null; by: string };

/** Asks for retests of findings, by row; each stands beside the newest ticket of its finding. */
export async function insertRetests(tx: Tx, environment: number, retests: readonly NewRetest[]): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO retest (id, environment_id, finding_id, ticket_id, due_at, note, requested_by)
    SELECT g.id, ${environment}, g.finding, (SELECT max(ticket_id) FROM ticket_finding tf WHERE tf.finding_id = g.finding AND tf.unlinked_at IS NULL), g."dueAt", g.note, g.by
    FROM jsonb_to_recordset(${JSON.stringify(retests)}::jsonb) AS g(id int, finding int, "dueAt" timestamptz, note text, by text) ORDER BY g.id`);
}

/** Calls a retest off. */
export async function cancelRetests(tx: Tx, ids: readonly number[], by: string, note: string, now: Date): Promise<void> {
  await tx.$executeRaw(sql`UPDATE retest SET status = 'cancelled', settled_by = ${by}, settled_at = ${now}, note = ${note} WHERE id = ANY (${[...ids]}::int[]) AND status = 'requested'`);
}
