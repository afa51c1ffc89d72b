import { sql, trustedSql, type Sql, type Tx } from "@/lib/db/client";
import { resolveWindow } from "@/lib/db/sql/scan-scopes";
import { ORIGINAL_REOPENED, SEEN_AGAIN } from "@/lib/domain/finding/redetection";
import type { Fold } from "@/lib/domain/scan/consequences";

/** What follows for decisions, all at once; each finding has had its entry. Clocks move last: they look at the status that the others left. `changes`: how many there are. */
export async function writeConsequences(tx: Tx, changes: number, now: Date): Promise<void> {
  if (changes > 0) {
    await reopen(tx, now);
    await flag(tx, "flagged", SEEN_AGAIN);
    await flag(tx, "duplicate", ORIGINAL_REOPENED);
  }
  await moveClocks(tx, now);
}

/** Resolved is contradicted: everything of the decision goes, the clocks start anew, in one write with the detection. The same as a decision of the system in the domain. */
async function reopen(tx: Tx, now: Date): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE finding f SET governance_status = 'reopened', close_reason = NULL, duplicate_of = NULL, follow_up_on = NULL, re_review = NULL,
      verification = 'none', acknowledged_at = NULL, decided_at = NULL, first_response_at = NULL, version = version + 1,
      sla_started_at = ${now}::timestamptz, sla_paused_at = NULL, acknowledge_by = ${now}::timestamptz + w.acknowledge,
      resolve_by = ${now}::timestamptz + ${resolveWindow}, last_seen_on = k.seen_column, last_scanned = k.own, scanner_status = k.status
    FROM import_sla w, import_consequence c, import_touched k WHERE w.severity = f.calibrated AND c.becomes = 'reopened' AND k.id = c.id AND f.id = c.id`);
}

async function flag(tx: Tx, becomes: "flagged" | "duplicate", why: string): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE finding f SET re_review = ${why}, version = version + 1 FROM import_consequence c WHERE c.becomes = ${trustedSql(`'${becomes}'`)} AND f.id = c.id`);
}

/** Carries old status codes over; each finding has had its event. The acceptance of an old code is Docket's own. */
export async function foldLegacy(tx: Tx, { environment }: { environment: number }, folds: readonly Fold[], acceptedBands: number, now: Date): Promise<void> {
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
