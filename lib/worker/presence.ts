import os from "node:os";
import type { WorkerUtils } from "graphile-worker";
import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { TROUBLE_MINUTES } from "@/lib/domain/scan/trouble";
import { abandonedBulks } from "@/lib/queries/bulk";
import { abandoned } from "@/lib/queries/scan-report";
import { pause } from "@/lib/worker/relay";

const BEAT = 2_000;
/** A worker whose lock is gone and that has been silent for so long is dead; a lock alone may be lost with a restart of the database. */
const SILENT_SECONDS = 10;
const CLASS = 7;

/** Says every two seconds that this worker is up, with all pools that it takes jobs by; the health page and the sweeper look at it. Ends with `stop`. */
export async function beat(pools: readonly string[], stop: AbortSignal): Promise<void> {
  const id = pools.join(" ");
  while (!stop.aborted) {
    await prisma.$executeRaw(sql`
      INSERT INTO worker (id, host, process) VALUES (${id}, ${os.hostname()}, ${process.pid}) ON CONFLICT (id) DO UPDATE SET seen_at = now()`).catch(() => 0);
    await pause(BEAT, stop);
  }
  await prisma.$executeRaw(sql`DELETE FROM worker WHERE id = ${id}`).catch(() => 0);
}

/** Holds a lock for as long as this process lives: the database lets go of it at once when the process dies. Taken again after a lost connection. */
export async function holdLock(utils: WorkerUtils, id: string, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await utils.withPgClient(async (client) => {
      await client.query("SELECT pg_advisory_lock(hashtextextended($1, $2))", [id, CLASS]);
      while (!stop.aborted) {
        await pause(BEAT, stop);
        await client.query("SELECT 1");
      }
      await client.query("SELECT pg_advisory_unlock(hashtextextended($1, $2))", [id, CLASS]);
    }).catch(() => pause(BEAT, stop));
  }
}

const waiting = z.array(z.object({ id: z.number(), isTroubled: z.boolean(), dead: z.array(z.string()).max(1) })).max(100);
const locker = z.array(z.object({ id: z.string() }));

/** Workers that hold jobs and are dead. */
async function deadWorkers(): Promise<string[]> {
  const found = locker.parse(await prisma.$queryRaw(sql`
    WITH holder AS (
      SELECT locked_by AS id FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
      UNION SELECT locked_by FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL
    ), keyed AS (SELECT id, hashtextextended(id, ${CLASS}) AS key FROM holder)
    SELECT id FROM keyed k WHERE NOT EXISTS (
      SELECT FROM pg_locks p WHERE p.locktype = 'advisory' AND p.granted AND p.objsubid = 1
        AND p.classid = ((k.key >> 32) & 4294967295)::oid AND p.objid = (k.key & 4294967295)::oid
        AND p.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) AND NOT EXISTS (SELECT FROM worker w WHERE k.id = ANY (string_to_array(w.id, ' ')) AND w.seen_at > now() - ${SILENT_SECONDS} * interval '1 second') ORDER BY id LIMIT 100`));
  return found.map(({ id }) => id);
}

/**
 * Scans that wait and that nobody will come for soon: their job was lost with its last attempt, or ended when its worker was told to stop, or
 * failed so often that the queue would wait for hours. A job and what leaves for the queue change places in one transaction, and are looked at in one statement.
 */
async function forgottenScans(): Promise<z.output<typeof waiting>> {
  return waiting.parse(await prisma.$queryRaw(sql`
    SELECT s.id, s.trouble IS NOT NULL AS "isTroubled", ARRAY(SELECT j.id::text FROM graphile_worker._private_jobs j WHERE j.key = 'run-import:' || s.id AND j.locked_at IS NULL AND j.attempts >= j.max_attempts) AS dead
    FROM scan s WHERE s.status = 'queued'
      AND NOT EXISTS (SELECT FROM outbox o WHERE o.sent_at IS NULL AND o.job = 'run-import' AND o.payload->>'scan' = s.id::text)
      AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        WHERE t.identifier = 'run-import' AND j.payload->>'scan' = s.id::text
          AND (j.locked_at IS NOT NULL OR (j.attempts < j.max_attempts AND j.run_at <= now() + ${TROUBLE_MINUTES} * interval '1 minute')))
    ORDER BY s.id LIMIT 100`));
}

/** When what waits with trouble is read again: once, and no sooner, for what breaks it off may last, and a place to run imports is others' too. Clocks differ. */
const soon = () => new Date(Date.now() + (TROUBLE_MINUTES - 1) * 60_000);

/** Frees the jobs of dead workers and brings back scans and bulk actions whose runner fell silent, or that wait for nobody. */
export async function sweep(utils: WorkerUtils): Promise<void> {
  const dead = await deadWorkers();
  if (dead.length > 0) await utils.forceUnlockWorkers(dead);
  for (const bulk of await abandonedBulks()) await utils.addJob("run-bulk", { bulk }, { jobKey: `run-bulk:${bulk}` });
  const forgotten = await forgottenScans();
  const givenUp = forgotten.flatMap(({ dead: [job] }) => job ?? []);
  if (givenUp.length > 0) await utils.completeJobs(givenUp); // the queue would keep each beside the one that comes in its place
  for (const scan of [...(await abandoned()), ...forgotten.flatMap(({ id, isTroubled }) => (isTroubled ? [] : [id]))]) await utils.addJob("run-import", { scan }, { jobKey: `run-import:${scan}` });
  for (const { id } of forgotten.filter(({ isTroubled }) => isTroubled)) await utils.addJob("run-import", { scan: id }, { jobKey: `run-import:${id}`, runAt: soon(), maxAttempts: 1 });
}
