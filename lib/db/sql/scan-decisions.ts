import { z } from "zod";
import { sql, type Sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { resolveWindow } from "@/lib/db/sql/scan-scopes";
import { CLOSE_REASONS } from "@/lib/domain/finding/words";
import { ORIGINAL_REOPENED, SEEN_AGAIN } from "@/lib/domain/finding/redetection";
import type { Contradicted, Duplicate, Fold, Newcomer, SeenResolved } from "@/lib/domain/scan/consequences";

const contradicted = z.object({
  id: z.number(),
  number: z.number(),
  version: z.number(),
  takenAt: z.date(),
  closeReason: z.enum(CLOSE_REASONS).nullable(),
  decidedAt: z.date().nullable(),
  reReview: z.string().nullable(),
  verification: z.string(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
});

/** Resolved findings that this scan, being their newest, sees; each with who resolved it and why. The domain says what follows. */
export async function seenResolved(tx: Tx): Promise<SeenResolved[]> {
  return rows(tx, contradicted, sql`
    SELECT f.id, f.number, f.version, k.taken_at AS "takenAt", f.close_reason AS "closeReason", f.decided_at AS "decidedAt", f.re_review AS "reReview",
      f.verification, e.actor_name AS "decidedBy", e.reason, e.note
    FROM import_touched k JOIN finding f ON f.id = k.id AND f.id = ANY (ARRAY(SELECT id FROM import_touched WHERE resolved AND sees)) -- through the key: they are few
    LEFT JOIN LATERAL (
      SELECT e.actor_name, b.reason, b.note FROM audit_event e JOIN audit_body b USING (sequence)
      WHERE e.finding_id = f.id AND e.to_status = 'resolved' ORDER BY e.version DESC LIMIT 1
    ) e ON true
    WHERE k.resolved AND k.sees AND NOT k.suppressed AND NOT k.older AND f.governance_status = 'resolved' ORDER BY f.number`);
}

const flagged = z.object({ id: z.number(), number: z.number(), version: z.number(), original: z.number() });

/** Duplicates, not flagged yet, of findings that are being reopened; held until the transaction ends. */
export async function duplicatesOf(tx: Tx, environment: number, numbers: readonly number[]): Promise<Duplicate[]> {
  if (numbers.length === 0) return [];
  return rows(tx, flagged, sql`
    SELECT id, number, version, duplicate_of AS original FROM finding
    WHERE environment_id = ${environment} AND duplicate_of = ANY (${[...numbers]}::int[]) AND governance_status = 'resolved' AND re_review IS NULL
      AND NOT number = ANY (${[...numbers]}::int[]) ORDER BY id FOR UPDATE`);
}

const newcomer = z.object({ id: z.number(), number: z.number(), code: z.string() });

/** Findings that this scan brings with the status code of an older system. */
export async function legacyNewcomers(tx: Tx, scan: number): Promise<Newcomer[]> {
  return rows(tx, newcomer, sql`
    SELECT n.finding_id AS id, n.number, st.legacy_code AS code FROM scan_stage st JOIN import_fresh n USING (row)
    WHERE st.scan_id = ${scan} AND st.legacy_code IS NOT NULL ORDER BY n.number`);
}

export type Consequences = { contradicted: Contradicted; duplicates: readonly Duplicate[]; folds: readonly Fold[] };

/** What follows for decisions; each finding has had its entry. Clocks move last: they look at the status that the others left. */
export async function writeConsequences(tx: Tx, { environment }: { environment: number }, done: Consequences, acceptedBands: number, now: Date): Promise<void> {
  const ids = (findings: readonly { id: number }[]) => findings.map(({ id }) => id);
  await reopen(tx, ids(done.contradicted.reopened), now);
  await flag(tx, ids(done.contradicted.flagged), SEEN_AGAIN);
  await flag(tx, ids(done.duplicates), ORIGINAL_REOPENED);
  await foldLegacy(tx, environment, done.folds, acceptedBands, now);
  await moveClocks(tx, now);
}

/** Resolved is contradicted: everything of the decision goes, the clocks start anew, in one write with the detection. The same as a decision of the system in the domain. */
async function reopen(tx: Tx, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw(sql`
    UPDATE finding f SET governance_status = 'reopened', close_reason = NULL, duplicate_of = NULL, follow_up_on = NULL, re_review = NULL,
      verification = 'none', acknowledged_at = NULL, decided_at = NULL, first_response_at = NULL, version = version + 1,
      sla_started_at = ${now}::timestamptz, sla_paused_at = NULL, acknowledge_by = ${now}::timestamptz + w.acknowledge,
      resolve_by = ${now}::timestamptz + ${resolveWindow}, last_seen_on = k.seen_column, last_scanned = k.own, scanner_status = k.status
    FROM import_sla w, import_touched k WHERE w.severity = f.calibrated AND k.id = f.id AND f.id = ANY (${[...ids]}::int[])`);
}

async function flag(tx: Tx, ids: readonly number[], why: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw(sql`UPDATE finding SET re_review = ${why}, version = version + 1 WHERE id = ANY (${[...ids]}::int[])`);
}

/** Carries old status codes over; each finding has had its event. The acceptance of an old code is Docket's own. */
async function foldLegacy(tx: Tx, environment: number, folds: readonly Fold[], acceptedBands: number, now: Date): Promise<void> {
  if (folds.length === 0) return;
  const entries = JSON.stringify(folds.map(({ id, entry }) => ({ id, ...entry })));
  const given = sql`(SELECT * FROM jsonb_to_recordset(${entries}::jsonb)
    AS g(id int, governance governance_status, "acceptedUntil" timestamptz, "reReview" text))`;
  await tx.$executeRaw(sql`
    INSERT INTO acceptance (environment_id, finding_id, justification, expires_at, actor_type, actor_id, actor_name)
    SELECT ${environment}, g.id, g."reReview", g."acceptedUntil", 'system', 'system', 'System' FROM ${given} g WHERE g.governance = 'accepted_risk' ORDER BY g.id`);
  await tx.$executeRaw(sql`
    UPDATE finding f SET governance_status = g.governance, accepted_until = g."acceptedUntil", acceptance_id = a.id, re_review = g."reReview",
      accepted_bands = ${acceptedBands}, decided_at = ${now}::timestamptz, version = version + 1,
      sla_paused_at = CASE WHEN g.governance IN ('accepted_risk', 'resolved') THEN ${now}::timestamptz END,
      resolve_by = CASE WHEN g.governance <> 'accepted_risk' THEN f.resolve_by END
    FROM ${given} g LEFT JOIN acceptance a ON a.finding_id = g.id WHERE f.id = g.id`);
}

const runs: Sql = sql`f.governance_status NOT IN ('resolved', 'false_positive')`;

/**
 * The clocks that are left, where the write of the detection did not move them: what an older scan brings as not detected stands, and
 * another severity of the scanner's moves the dates. Findings that people closed keep theirs.
 */
async function moveClocks(tx: Tx, now: Date): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE finding f SET sla_paused_at = coalesce(f.sla_paused_at, ${now}::timestamptz), resolve_by = NULL
    FROM import_fresh n WHERE n.status = 'closed' AND f.id = n.finding_id AND ${runs} AND (f.sla_paused_at IS NULL OR f.resolve_by IS NOT NULL)`);
  await tx.$executeRaw(sql`
    UPDATE finding f SET acknowledge_by = CASE WHEN f.first_response_at IS NULL THEN f.sla_started_at + w.acknowledge ELSE f.acknowledge_by END,
      resolve_by = CASE WHEN f.sla_paused_at IS NOT NULL AND f.resolve_by IS NULL THEN NULL ELSE f.sla_started_at + ${resolveWindow} END
    FROM import_touched k, import_sla w
    WHERE f.id = k.id AND k.renewed AND f.technical <> k.technical_was AND f.team_severity IS NULL AND ${runs} AND w.severity = f.calibrated`);
}
