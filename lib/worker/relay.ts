import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { JOB_ATTEMPTS } from "@/lib/domain/jobs";

/** How long the relay sleeps when it found nothing. */
const IDLE = 200;
const BATCH = 500;
/** One relay at a time, whichever process it runs in. */
const LOCK = 70_001;

/**
 * Hands what transactions left in the outbox to the queue, in order, each once: the job is added by the same transaction that marks it as
 * sent. Gives how many there were.
 */
export async function relayOnce(): Promise<number> {
  const [waiting] = z.array(z.object({ any: z.boolean() })).parse(await prisma.$queryRaw(sql`SELECT EXISTS (SELECT FROM outbox WHERE sent_at IS NULL) AS any`));
  if (!waiting?.any) return 0;
  return prisma.$executeRaw(sql`
    WITH alone AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${LOCK}) AS mine),
    due AS MATERIALIZED (SELECT id, job, payload FROM outbox WHERE sent_at IS NULL AND (SELECT mine FROM alone) ORDER BY id LIMIT ${BATCH} FOR UPDATE),
    added AS MATERIALIZED (
      SELECT id, graphile_worker.add_job(job, payload => payload::json, max_attempts => ${JOB_ATTEMPTS}) FROM (SELECT * FROM due ORDER BY id) ordered
    )
    UPDATE outbox o SET sent_at = now() FROM added WHERE o.id = added.id`);
}

/** Relays until it is stopped; trouble with the database is told once in a while and outlived. */
export async function relay(stop: AbortSignal, tell: (trouble: string) => void): Promise<void> {
  while (!stop.aborted) {
    const sent = await relayOnce().catch((error: unknown) => {
      tell(`outbox: ${error instanceof Error ? error.message : String(error)}`);
      return 0;
    });
    if (sent === 0) await pause(IDLE, stop);
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
