import { z } from "zod";
import { prisma, sql, type Db, type Tx } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { ACTOR_TYPES } from "@/lib/db/sql/event-row";
import { BULK_STATUSES, type BulkCategory, type BulkStatus } from "@/lib/domain/bulk/words";

/** How long a runner may be silent before another takes its bulk action. Leases run on the wall clock, never on an offset one. */
const LEASE_SECONDS = 15;

const stored = z.object({
  id: z.number(),
  environment: z.number(),
  status: z.enum(BULK_STATUSES),
  attempt: z.number(),
  tries: z.number(),
  action: z.unknown(),
  actionId: z.string(),
  filter: z.unknown().nullable(),
  undoOf: z.number().nullable(),
  revokes: z.string().nullable(),
  total: z.number(),
  done: z.number(),
  changed: z.number(),
  requested: z.number(),
  reached: z.number(),
  asOf: z.date().nullable(),
  undoUntil: z.date().nullable(),
  requestId: z.string(),
  actor: z.object({ type: z.enum(ACTOR_TYPES), id: z.string(), name: z.string(), personId: z.number().nullable() }),
});

/** A bulk action as its runner and its verbs know it. `revokes` is the action that an undo takes back. */
export type StoredBulk = z.output<typeof stored>;

const COLUMNS = sql`b.id, b.environment_id AS environment, b.status, b.attempt, b.tries, b.action, b.action_id AS "actionId", b.filter, b.undo_of AS "undoOf",
  (SELECT u.action_id FROM bulk u WHERE u.id = b.undo_of) AS revokes, b.total, b.done, b.changed, b.requested, b.reached, b.as_of AS "asOf",
  b.undo_until AS "undoUntil", b.request_id AS "requestId",
  json_build_object('type', b.actor_type, 'id', b.actor_id, 'name', b.actor_name, 'personId', b.person_id) AS actor`;

/** Takes one that waits, or whose runner fell silent. Null: it is done, stopped, or another runner is at it. */
export async function claimBulk(id: number): Promise<StoredBulk | null> {
  return row(prisma, stored, sql`
    WITH taken AS (
      UPDATE bulk SET status = 'running', attempt = attempt + 1, tries = tries + 1, lease_until = now() + ${LEASE_SECONDS} * interval '1 second',
        started_at = coalesce(started_at, docket_now())
      WHERE id = ${id} AND as_of IS NOT NULL AND (status = 'queued' OR (status = 'running' AND coalesce(lease_until, '-infinity') < now()))
      RETURNING *
    ) SELECT ${COLUMNS} FROM taken b`);
}

/** A bulk action of this environment, held until the transaction ends: its runner works in between. */
export async function holdBulk(tx: Tx, environment: number, id: number): Promise<StoredBulk | null> {
  await tx.$queryRaw(sql`SELECT FROM bulk WHERE environment_id = ${environment} AND id = ${id} FOR UPDATE`);
  return row(tx, stored, sql`SELECT ${COLUMNS} FROM bulk b WHERE b.environment_id = ${environment} AND b.id = ${id}`);
}

const item = z.object({ id: z.number(), number: z.number(), version: z.number() });
export type FrozenItem = z.output<typeof item>;

/** The next findings of the set, by their ids: a range of the primary key. Their numbers after the limit, or each chunk would look up all that are left. */
export async function nextItems(db: Db, { id, reached }: Pick<StoredBulk, "id" | "reached">, howMany: number): Promise<FrozenItem[]> {
  return rows(db, item, sql`
    SELECT i.id, f.number, i.version
    FROM (SELECT finding_id AS id, version FROM bulk_item WHERE bulk_id = ${id} AND finding_id > ${reached} ORDER BY finding_id LIMIT ${howMany}) i
    CROSS JOIN LATERAL (SELECT number FROM finding WHERE id = i.id OFFSET 0) f ORDER BY i.id`);
}

export type Deviation = { id: number; outcome: "requested" | "skipped"; code: BulkCategory; why: string };
export type Came = { items: number; changed: number; requested: number; reached: number; deviations: readonly Deviation[] };

/** What one chunk came to, in the transaction of its changes: the progress, and each finding that was not changed. */
export async function bookChunk(tx: Tx, { id }: StoredBulk, { items, changed, requested, reached, deviations }: Came): Promise<void> {
  if (deviations.length > 0) {
    await tx.$executeRaw(sql`
      UPDATE bulk_item i SET outcome = g.outcome, code = g.code, why = g.why
      FROM jsonb_to_recordset(${JSON.stringify(deviations)}::jsonb) AS g(id int, outcome bulk_outcome, code text, why text)
      WHERE i.bulk_id = ${id} AND i.finding_id = g.id`);
  }
  await tx.$executeRaw(sql`
    UPDATE bulk SET done = done + ${items}, changed = changed + ${changed}, requested = requested + ${requested}, reached = greatest(reached, ${reached}),
      tries = 0, lease_until = now() + ${LEASE_SECONDS} * interval '1 second' WHERE id = ${id}`);
}

/** Sets where it stands. Ended: when, and why where it failed. `undoHours`: for how long from now on it can be taken back; without, that stays. */
export async function setStatus(db: Db, id: number, status: BulkStatus, more: { error?: string; undoHours?: number | null } = {}): Promise<void> {
  const ends = status === "completed" || status === "cancelled" || status === "failed";
  await db.$executeRaw(sql`
    UPDATE bulk SET status = ${status}::bulk_status, lease_until = NULL, error = ${more.error ?? null},
      finished_at = CASE WHEN ${ends} THEN docket_now() END, undo_until = coalesce(docket_now() + ${more.undoHours ?? null}::int * interval '1 hour', undo_until)
    WHERE id = ${id}`);
}

/** Puts one back, for another turn or after trouble that was not its own. False: it is in other hands, or stopped. */
export async function requeueBulk(tx: Db, { id, attempt }: Pick<StoredBulk, "id" | "attempt">): Promise<boolean> {
  return (await tx.$executeRaw(sql`UPDATE bulk SET status = 'queued', lease_until = NULL WHERE id = ${id} AND attempt = ${attempt} AND status = 'running'`)) === 1;
}

/** Does another one wait for its turn? */
export async function othersWait(id: number): Promise<boolean> {
  const found = await row(prisma, z.object({ any: z.boolean() }), sql`SELECT EXISTS (SELECT FROM bulk WHERE status = 'queued' AND finished_at IS NULL AND as_of IS NOT NULL AND id <> ${id}) AS any`);
  return found?.any ?? false;
}

/** Those whose runner fell silent. */
export async function abandonedBulks(): Promise<number[]> {
  const found = await rows(prisma, z.object({ id: z.number() }), sql`
    SELECT id FROM bulk WHERE status = 'running' AND finished_at IS NULL AND as_of IS NOT NULL AND coalesce(lease_until, '-infinity') < now() ORDER BY id LIMIT 100`);
  return found.map(({ id }) => id);
}
