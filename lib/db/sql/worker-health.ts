import { z } from "zod";
import { prisma, sql, trustedSql, type Db, type Tx } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { ENVIRONMENT_JOBS } from "@/lib/domain/worker/health";

/** A worker says that it is up every few seconds; after this many it counts as gone. */
const SILENT_SECONDS = 30;
/** More than so many are not counted: the screen says as much. */
const MOST = 100_000;
const SHOWN = 50;

const worker = z.object({ id: z.string(), host: z.string(), process: z.number(), startedAt: z.date(), seenAt: z.date(), isUp: z.boolean() });

export const workersSeen = (db: Db): Promise<z.output<typeof worker>[]> => rows(db, worker, sql`
  SELECT id, host, process, started_at AS "startedAt", seen_at AS "seenAt", seen_at > now() - ${SILENT_SECONDS} * interval '1 second' AS "isUp"
  FROM worker WHERE seen_at > now() - interval '1 hour' ORDER BY started_at, id LIMIT 50`);

/** The queue makes its tables with the first worker: before, there is none. */
export async function hasQueue(db: Db): Promise<boolean> {
  return (await row(db, z.object({ is: z.boolean() }), sql`SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS is`))?.is ?? false;
}

const ran = z.object({ name: z.string(), runs: count, lastSuccess: z.date().nullable(), lastFailure: z.date().nullable(), lastError: z.string().nullable() });

export const jobRuns = (db: Db): Promise<z.output<typeof ran>[]> => rows(db, ran, sql`
  SELECT name, runs, last_success AS "lastSuccess", last_failure AS "lastFailure", CASE WHEN name <> ALL (${[...ENVIRONMENT_JOBS]}::text[]) THEN last_error END AS "lastError" FROM job_run ORDER BY name LIMIT 100`);

const queued = z.object({ name: z.string(), waiting: count, running: count, oldest: z.date().nullable() });

export const queueByName = (db: Db): Promise<z.output<typeof queued>[]> => rows(db, queued, sql`
  SELECT t.identifier AS name, count(*) FILTER (WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts) AS waiting, count(*) FILTER (WHERE j.locked_at IS NOT NULL) AS running,
    min(j.run_at) FILTER (WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts AND j.run_at <= now()) AS oldest
  FROM (SELECT * FROM graphile_worker._private_jobs LIMIT ${MOST}) j JOIN graphile_worker._private_tasks t ON t.id = j.task_id GROUP BY t.identifier ORDER BY t.identifier LIMIT 100`);

/** Jobs of this environment and of none; those of others are theirs. `about` names the record. */
const OURS = (environment: number) => sql`
  SELECT j.id, t.identifier AS name, j.attempts, j.max_attempts AS "maxAttempts", j.locked_at IS NULL AND j.attempts >= j.max_attempts AS "isDead", j.run_at AS "nextAt", j.last_error AS error, j.locked_at AS "lockedAt",
    CASE WHEN s.id IS NOT NULL THEN 'scan ' || s.id WHEN b.id IS NOT NULL THEN 'bulk action ' || b.id ELSE c.name END AS about
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    LEFT JOIN scan s ON j.payload->>'scan' = s.id::text AND s.environment_id = ${environment} LEFT JOIN bulk b ON j.payload->>'bulk' = b.id::text AND b.environment_id = ${environment}
    LEFT JOIN connector c ON j.payload->>'connector' = c.id::text AND c.environment_id = ${environment}
  WHERE j.last_error IS NOT NULL AND (t.identifier <> ALL (${[...ENVIRONMENT_JOBS]}::text[]) OR coalesce(s.id, b.id, c.id) IS NOT NULL OR j.payload->>'environment' = ${String(environment)})`;

const failed = z.object({ id: count, name: z.string(), attempts: z.number(), maxAttempts: z.number(), isDead: z.boolean(), nextAt: z.date(), error: z.string(), about: z.string().nullable() });
export type FailedJob = z.output<typeof failed>;

/** Jobs that went wrong, those that were given up first. */
export const failedJobs = (db: Db, environment: number): Promise<FailedJob[]> => rows(db, failed, sql`SELECT * FROM (${OURS(environment)}) f ORDER BY f."isDead" DESC, f.id LIMIT ${SHOWN}`);

/** How many of them were given up. */
export async function deadJobs(db: Db, environment: number): Promise<number> {
  return (await row(db, z.object({ n: count }), sql`SELECT count(*) AS n FROM (SELECT FROM (${OURS(environment)}) f WHERE f."isDead" LIMIT ${MOST}) x`))?.n ?? 0;
}

/** One of them, held until the transaction ends. */
export async function holdFailedJob(tx: Tx, environment: number, id: number): Promise<FailedJob | null> {
  await tx.$executeRaw(sql`SELECT FROM graphile_worker._private_jobs WHERE id = ${id} FOR UPDATE`);
  return row(tx, failed, sql`SELECT * FROM (${OURS(environment)}) f WHERE f.id = ${id}`);
}

/** Its attempts begin anew, now. */
export async function rescheduleJob(tx: Tx, id: number): Promise<void> {
  await tx.$queryRaw(sql`SELECT id::text FROM graphile_worker.reschedule_jobs(ARRAY[${id}]::bigint[], run_at => now(), attempts => 0)`);
}

const waits = z.object({ waiting: count, oldest: z.date().nullable() });
const nothing = { waiting: 0, oldest: null };

export async function outboxWaits(db: Db): Promise<z.output<typeof waits>> {
  return (await row(db, waits, sql`SELECT count(*) AS waiting, min(created_at) AS oldest FROM (SELECT created_at FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT ${MOST}) o`)) ?? nothing;
}

const imports = waits.extend({ running: count, failed: count });

export async function importsNow(db: Db, environment: number): Promise<z.output<typeof imports>> {
  const found = await row(db, imports, sql`
    SELECT count(*) FILTER (WHERE status = 'queued') AS waiting, min(requested_at) FILTER (WHERE status = 'queued') AS oldest, count(*) FILTER (WHERE status IN ('parsing', 'applying')) AS running,
      count(*) FILTER (WHERE status = 'failed') AS failed
    FROM scan WHERE environment_id = ${environment} AND (status IN ('queued', 'parsing', 'applying') OR (status = 'failed' AND finished_at > docket_now() - interval '24 hours'))`);
  return found ?? { ...nothing, running: 0, failed: 0 };
}

const bulks = waits.extend({ running: count });

export async function bulksNow(db: Db, environment: number): Promise<z.output<typeof bulks>> {
  const found = await row(db, bulks, sql`
    SELECT count(*) FILTER (WHERE status = 'queued') AS waiting, min(created_at) FILTER (WHERE status = 'queued') AS oldest, count(*) FILTER (WHERE status = 'running') AS running
    FROM bulk WHERE environment_id = ${environment} AND status IN ('queued', 'running')`);
  return found ?? { ...nothing, running: 0 };
}

const mails = waits.extend({ failed: count });

export async function mailsNow(db: Db, environment: number): Promise<z.output<typeof mails>> {
  const found = await row(db, mails, sql`
    SELECT count(*) FILTER (WHERE status <> 'failed') AS waiting, min(created_at) FILTER (WHERE status <> 'failed') AS oldest, count(*) FILTER (WHERE status = 'failed') AS failed
    FROM (SELECT status, created_at FROM mail WHERE environment_id = ${environment} AND status IN ('pending', 'sending', 'failed') LIMIT ${MOST}) m`);
  return found ?? { ...nothing, failed: 0 };
}

/** Tickets that are to be made in a tracker and are not there yet. */
export async function creationsNow(db: Db, environment: number): Promise<z.output<typeof waits>> {
  const found = await row(db, waits, sql`
    SELECT count(*) AS waiting, min(created_at) AS oldest
    FROM (SELECT created_at FROM delivery WHERE environment_id = ${environment} AND status IN ('pending', 'sending', 'in_doubt') AND kind = 'create' ORDER BY id LIMIT ${MOST}) d`);
  return found ?? nothing;
}

const tracker = z.object({ id: z.number(), name: z.string(), enabled: z.boolean(), failures: z.number(), openUntil: z.date().nullable(), resumeAt: z.date().nullable(), lastOkAt: z.date().nullable(), lastError: z.string().nullable(), lastErrorAt: z.date().nullable() });

export const trackersNow = (db: Db, environment: number): Promise<z.output<typeof tracker>[]> => rows(db, tracker, sql`
  SELECT id, name, enabled, failures, open_until AS "openUntil", resume_at AS "resumeAt", last_ok_at AS "lastOkAt", last_error AS "lastError", last_error_at AS "lastErrorAt"
  FROM connector WHERE environment_id = ${environment} AND removed_at IS NULL ORDER BY lower(name), id LIMIT 100`);

const EACH_MS = 4_000;
const ALL_MS = 20_000;
const law = z.object({ name: z.string().regex(/^invariant_[a-z_]+$/) });

/** Every law of the records, and by how many it is broken, up to a hundred; null where the answer took too long: over millions of records some do. */
export async function invariantsNow(db: Db): Promise<{ name: string; broken: number | null }[]> {
  const laws = await rows(db, law, sql`SELECT viewname AS name FROM pg_views WHERE schemaname = 'public' AND viewname LIKE 'invariant\\_%' ORDER BY viewname LIMIT 100`);
  const began = performance.now();
  const seen: { name: string; broken: number | null }[] = [];
  for (const { name } of laws) seen.push({ name: name.slice("invariant_".length).replaceAll("_", " "), broken: performance.now() - began > ALL_MS ? null : await brokenBy(name) });
  return seen;
}

function brokenBy(view: string): Promise<number | null> {
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw(sql`SELECT set_config('statement_timeout', ${String(EACH_MS)}, true)`);
    return (await row(tx, z.object({ n: count }), sql`SELECT count(*) AS n FROM (SELECT FROM ${trustedSql(view)} LIMIT 100) v`))?.n ?? 0;
  }, { timeout: EACH_MS + 2_000 }).catch(() => null);
}
