import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { columnMapping } from "@/lib/domain/scan/mapping";
import { ACTOR_TYPES, SCAN_STATUSES, type ScanStep } from "@/lib/domain/scan/words";

/** How long a runner may be silent before another takes its scan. Leases run on the wall clock, never on an offset one. */
const LEASE_SECONDS = 15;

const isSilent = sql`status IN ('parsing', 'applying') AND coalesce(lease_until, '-infinity') < now()`;

const claimed = z.object({
  scan: z.number(),
  environment: z.number(),
  attempt: z.number(),
  upload: z.number(),
  uploadBytes: count,
  sha256: z.string(),
  format: z.string(),
  extent: z.enum(["full", "partial"]),
  assetName: z.string().nullable(),
  assetOverride: z.boolean(),
  detectorName: z.string().nullable(),
  mapping: columnMapping.nullable(),
  /** How many of its runners vanished since it was shown last; one that handed it back, whatever for, does not count. */
  tries: z.number(),
  requestedAt: z.date(),
  /** When the report was taken, as its sender says. */
  takenSaid: z.date().nullable(),
  requestId: z.string(),
  actor: z.object({ type: z.enum(ACTOR_TYPES), id: z.string(), name: z.string(), personId: z.number().nullable() }),
});

/** A scan in the hands of one runner. `attempt` is its claim: whoever comes later has a higher one. */
export type ClaimedScan = z.output<typeof claimed>;

/** Takes a scan that waits, or whose runner fell silent. Null: it is done, or another runner is at it: what somebody writes is in somebody's hands, however long. */
export async function claimScan(scan: number): Promise<ClaimedScan | null> {
  return row(prisma, claimed, sql`
    WITH taken AS (
      UPDATE scan SET status = 'parsing', attempt = attempt + 1, lease_until = now() + ${LEASE_SECONDS} * interval '1 second',
        started_at = coalesce(started_at, docket_now()), bytes_read = 0, results_read = 0, passes = 1, step = NULL, trouble = NULL, tries = tries + (status <> 'queued')::int
      WHERE id = (SELECT id FROM scan WHERE id = ${scan} AND (status = 'queued' OR (${isSilent})) FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING *
    )
    SELECT s.id AS scan, s.environment_id AS environment, s.attempt, s.upload_id AS upload, u.bytes AS "uploadBytes", u.sha256, s.format, s.extent,
      s.asset_name AS "assetName", s.asset_override AS "assetOverride", s.detector_name AS "detectorName", s.mapping,
      s.tries,
      s.requested_at AS "requestedAt", s.taken_said AS "takenSaid", s.request_id AS "requestId",
      json_build_object('type', s.actor_type, 'id', s.actor_id, 'name', s.actor_name, 'personId', s.person_id) AS actor
    FROM taken s JOIN upload u ON u.id = s.upload_id`);
}

type Held = Pick<ClaimedScan, "scan" | "attempt">;

/** How far a runner read: bytes of the file, which it reads `passes` times over, and results of the report. */
export type Progress = { bytes: number; passes: number; results: number };

/** Says that the runner lives and how far it read. False: the scan is no longer its own (taken over, or cancelled). */
export async function renewLease({ scan, attempt }: Held, { bytes, passes, results }: Progress): Promise<boolean> {
  return (await prisma.$executeRaw(sql`
    UPDATE scan SET lease_until = now() + ${LEASE_SECONDS} * interval '1 second', bytes_read = ${bytes}, passes = ${passes}, results_read = ${results}
    WHERE id = ${scan} AND attempt = ${attempt} AND status IN ('parsing', 'applying')`)) === 1;
}

/** From reading to working it out. False as above. */
export async function markApplying({ scan, attempt }: Held): Promise<boolean> {
  return (await prisma.$executeRaw(sql`UPDATE scan SET status = 'applying', step = 'opening' WHERE id = ${scan} AND attempt = ${attempt} AND status = 'parsing'`)) === 1;
}

/**
 * Says, between two statements of the transaction that works a scan out, which step comes; on a connection of its own, so that others see it.
 * False as above: then nothing more is done. Whoever cancels meets the same row: of `writing` and of a cancellation one comes first, and the other does not happen.
 */
export async function reachStep({ scan, attempt }: Held, step: ScanStep): Promise<boolean> {
  return (await prisma.$executeRaw(sql`UPDATE scan SET step = ${step}::scan_step WHERE id = ${scan} AND attempt = ${attempt} AND status = 'applying'`)) === 1;
}

/**
 * Puts a scan back, so that the next attempt need not wait for the lease: after trouble that was not the report's, told in words, or (null) since its
 * runner was told to stop; then one that writes already goes on to its end, unless that has come (`isOver`).
 */
export async function giveBack({ scan, attempt }: Held, trouble: string | null, isOver = false): Promise<void> {
  await prisma.$executeRaw(sql`
    UPDATE scan SET status = 'queued', step = NULL, lease_until = NULL, trouble = ${trouble}
    WHERE id = ${scan} AND attempt = ${attempt} AND status IN ('parsing', 'applying') AND NOT (${trouble === null && !isOver} AND step IS NOT DISTINCT FROM 'writing')`);
}

/** Scans whose runner fell silent, without those that somebody writes at this moment. */
export async function abandonedScans(): Promise<number[]> {
  const found = await rows(prisma, z.object({ id: z.number() }), sql`SELECT id FROM scan WHERE ${isSilent} ORDER BY id LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED`);
  return found.map(({ id }) => id);
}

/** Staged rows of scans that need them no more; how many were dropped. */
export async function forgetStaged(): Promise<number> {
  return prisma.$executeRaw(sql`
    DELETE FROM scan_stage WHERE scan_id IN (SELECT id FROM scan WHERE status IN ('completed', 'failed', 'cancelled', 'previewed', 'held', 'queued'))`);
}

const standing = z.object({ status: z.enum(SCAN_STATUSES), bytesRead: count, resultsRead: count, bytes: count });

/** Where a scan stands and how much of its file has been read. Null: there is none. */
export async function scanStanding(scan: number): Promise<z.output<typeof standing> | null> {
  return row(prisma, standing, sql`
    SELECT s.status, s.bytes_read AS "bytesRead", s.results_read AS "resultsRead", u.bytes FROM scan s JOIN upload u ON u.id = s.upload_id WHERE s.id = ${scan}`);
}
