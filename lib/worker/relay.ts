import { z } from "zod";
import { prisma, sql, type Tx } from "@/lib/db/client";
import { JOB_ATTEMPTS, LATER_JOBS } from "@/lib/domain/jobs";
import { CHANGED, joinMessages, LIVE_CHANNEL, liveMessage } from "@/lib/domain/live";

/** How long the relay sleeps: whatever gathers meanwhile is one batch, and listeners are told once. */
const IDLE = 200;
const BATCH = 500;
/** One relay at a time, whichever process it runs in. */
const LOCK = 70_001;

const locked = z.array(z.object({ isMine: z.boolean() }));
const told = z.array(z.object({ payload: z.unknown() })).max(BATCH);

/**
 * Hands on what transactions left in the outbox, in order, each once. Jobs go to the queue, added by the same transaction that marks them
 * as sent; one that waits already to read a tracker's webhooks will read all, and a scan has one job, which the sweeper renews; messages of what has changed leave the outbox as one notification for each environment. Gives how many there were.
 */
export async function relayOnce(): Promise<number> {
  const [waiting] = z.array(z.object({ any: z.boolean() })).parse(await prisma.$queryRaw(sql`SELECT EXISTS (SELECT FROM outbox WHERE sent_at IS NULL) AS any`));
  if (!waiting?.any) return 0;
  return prisma.$transaction(async (tx) => {
    const [lock] = locked.parse(await tx.$queryRaw(sql`SELECT pg_try_advisory_xact_lock(${LOCK}) AS "isMine"`));
    return lock?.isMine ? (await handJobs(tx)) + (await notify(tx)) : 0;
  });
}

function handJobs(tx: Tx): Promise<number> {
  return tx.$executeRaw(sql`
    WITH due AS MATERIALIZED (SELECT id, job, payload FROM outbox WHERE sent_at IS NULL AND job <> ${CHANGED} ORDER BY id LIMIT ${BATCH} FOR UPDATE),
    added AS MATERIALIZED (
      SELECT id, graphile_worker.add_job(job, payload => payload::json, max_attempts => ${JOB_ATTEMPTS},
        job_key => CASE job WHEN 'read-hooks' THEN 'read-hooks:' || (payload->>'connector') WHEN 'run-import' THEN 'run-import:' || (payload->>'scan') END,
        priority => CASE WHEN job = ANY (${[...LATER_JOBS]}::text[]) THEN 10 ELSE 0 END) FROM (SELECT * FROM due ORDER BY id) ordered
    )
    UPDATE outbox o SET sent_at = now() FROM added WHERE o.id = added.id`);
}

/** Nobody needs a message that was told: its row goes. */
async function notify(tx: Tx): Promise<number> {
  const rows = told.parse(await tx.$queryRaw(sql`
    DELETE FROM outbox WHERE id = ANY (ARRAY(SELECT id FROM outbox WHERE sent_at IS NULL AND job = ${CHANGED} ORDER BY id LIMIT ${BATCH} FOR UPDATE)) RETURNING payload`));
  const messages = rows.flatMap(({ payload }) => liveMessage.safeParse(payload).data ?? []);
  for (const message of joinMessages(messages)) await tx.$executeRaw(sql`SELECT pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(message)})`);
  return rows.length;
}

/** Relays until it is stopped; trouble with the database is told once in a while and outlived. */
export async function relay(stop: AbortSignal, tell: (trouble: string) => void): Promise<void> {
  while (!stop.aborted) {
    const sent = await relayOnce().catch((error: unknown) => {
      tell(`outbox: ${error instanceof Error ? error.message : String(error)}`);
      return 0;
    });
    if (sent < BATCH) await pause(IDLE, stop);
  }
}

/** Waits so long, or until it is stopped. */
export function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    stop.addEventListener("abort", done);
  });
}
