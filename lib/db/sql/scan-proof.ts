import { z } from "zod";
import { sql, type Sql, type Tx } from "@/lib/db/client";
import { manyRows, row, rows } from "@/lib/db/rows";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { REMEDIATIONS } from "@/lib/domain/ticket/words";

/** Findings of an environment on which a claim, or a proof that nobody recorded, stands: off finding_proof_partial, and few. */
const unrecorded = sql`f.verification IN ('pending', 'verified') AND f.governance_status IN ('open', 'in_progress', 'reopened')`;

/** So many things that wait are decided at a time; findings of one ticket together, however many it has. */
const AT_A_TIME = 1_000;

/**
 * After the findings of a scan are compared, before any is written: which of them wait for a proof, as import_proof. A covering scan no longer
 * sees them, or one that is their newest still does; each awaited thing (a fix in a ticket, a retest, a claim) only where the scan was taken after
 * it. Without tickets, retests and claims it reads two empty indexes.
 */
export function gatheredProofs({ environment }: ScanOptions): Sql[] {
  const seen = sql`(k.sees AND NOT k.suppressed)`;
  const absent = sql`(k.row IS NULL AND k.status = 'closed' AND (i.covers OR k.own = k.taken_at))`;
  return [
    sql`CREATE TEMP TABLE import_awaited ON COMMIT DROP AS
      SELECT tf.finding_id AS id, tf.ticket_id, tf.moved_at AS since, coalesce(tf.retest_at, tf.moved_at) AS due, tf.remediation = 'resolved' AS open, NULL::int AS retest_id
      FROM ticket_finding tf WHERE tf.environment_id = ${environment} AND tf.unlinked_at IS NULL AND tf.remediation IN ('resolved', 'verified')
        AND (SELECT next_ticket > 1 FROM environment WHERE id = ${environment})
      UNION ALL SELECT finding_id, NULL, due_at, due_at, true, id FROM retest WHERE status = 'requested' AND environment_id = ${environment}
      UNION ALL SELECT f.id, NULL, p.since, p.since, f.verification = 'pending', NULL FROM finding f CROSS JOIN LATERAL (
        SELECT greatest(f.decided_at, (SELECT max(e.created_at) FROM evidence e WHERE e.finding_id = f.id)) AS since) p WHERE f.environment_id = ${environment} AND ${unrecorded}`,
    sql`ANALYZE import_awaited (id)`,
    sql`CREATE TEMP TABLE import_proof ON COMMIT DROP AS
      SELECT *, (rank() OVER (ORDER BY first NULLS LAST, CASE WHEN first IS NULL THEN id END) - 1) / ${AT_A_TIME}::bigint AS turn FROM (
        SELECT k.id, k.number, k.taken_at, ${seen} AS seen, a.ticket_id, a.retest_id, a.open, min(a.ticket_id) OVER (PARTITION BY k.id) AS first
        FROM import_awaited a JOIN import_known k USING (id) JOIN import_scope i USING (scope_id)
        WHERE NOT k.older AND ((${seen} AND k.taken_at > coalesce(a.due, '-infinity')) OR (${absent} AND a.open AND k.taken_at > coalesce(a.since, '-infinity')))) w`,
    sql`ANALYZE import_proof (id)`,
  ];
}

const awaited = z.object({ id: z.number(), number: z.number(), takenAt: z.coerce.date(), seen: z.boolean(), ticket: z.number().nullable(), retest: z.number().nullable() });

/** One thing that waited for this scan: the fix of a finding in a ticket, its standing retest, or (neither) the finding itself. */
export type Awaited = z.output<typeof awaited>;

/** What this scan proves or contradicts in one of its turns, by finding. */
export async function awaitedProofs(tx: Tx, turn: number): Promise<Awaited[]> {
  return manyRows(tx, awaited, sql`SELECT id, number, taken_at AS "takenAt", seen, ticket_id AS ticket, retest_id AS retest FROM import_proof WHERE turn = ${turn} ORDER BY id, ticket_id, retest_id`);
}

const allTurns = z.object({ turns: z.array(z.number()), seen: z.array(z.number()) });

/** The turns of what waits, and which findings of all of them are still seen; without any, one small question. Their tickets are held, in the order in which everybody takes them. */
export async function turnsOfProofs(tx: Tx): Promise<z.output<typeof allTurns>> {
  const found = await row(tx, allTurns, sql`SELECT coalesce(array_agg(DISTINCT turn::int ORDER BY turn::int), '{}') AS turns, coalesce(array_agg(DISTINCT id) FILTER (WHERE seen), '{}') AS seen FROM import_proof`);
  if (!found || found.turns.length === 0) return { turns: [], seen: [] };
  await tx.$executeRaw(sql`SELECT count(*) FROM (SELECT id FROM ticket WHERE id = ANY (ARRAY(
    SELECT tf.ticket_id FROM import_proof p JOIN ticket_finding tf ON tf.finding_id = p.id WHERE tf.unlinked_at IS NULL)) ORDER BY id FOR UPDATE) held`);
  return found;
}

const report = z.object({ sha256: z.string().nullable(), by: z.string(), type: z.string(), actor: z.string(), person: z.number().nullable() });

/** The report of a scan and who sent it. */
export type ReportOfScan = z.output<typeof report>;

export async function reportOf(tx: Tx, scan: number): Promise<ReportOfScan> {
  const found = await row(tx, report, sql`
    SELECT u.sha256, s.actor_name AS by, s.actor_type AS type, s.actor_id AS actor, s.person_id AS person FROM scan s JOIN upload u ON u.id = s.upload_id WHERE s.id = ${scan}`);
  if (!found) throw new Error(`There is no scan ${scan}.`);
  return found;
}

const fix = z.object({
  ticketId: z.number(), ticket: z.number(), state: z.enum(["open", "closed"]), findingId: z.number(), finding: z.number(), isOpen: z.boolean(), insisted: z.boolean(),
  remediation: z.enum(REMEDIATIONS), attempts: z.number(), autoRetest: z.boolean(), retestAt: z.coerce.date().nullable(), escalatedAt: z.coerce.date().nullable(),
});

/** The fix of a finding as a ticket tracks it. */
export type Fix = z.output<typeof fix>;

/** Which fixes: of findings, or of tickets, or single ones; by row keys. */
export type WhichFixes = { findings: readonly number[] } | { tickets: readonly number[] };

/** The fixes that tickets track, held with their tickets until the transaction ends; whoever needs the findings too takes those first. */
export async function lockFixes(tx: Tx, environment: number, which: WhichFixes): Promise<Fix[]> {
  const mine = "findings" in which ? sql`tf.finding_id = ANY (${[...which.findings]}::int[])` : sql`tf.ticket_id = ANY (${[...which.tickets]}::int[])`;
  await tx.$executeRaw(sql`
    SELECT count(*) FROM (SELECT id FROM ticket WHERE id = ANY (ARRAY(SELECT ticket_id FROM ticket_finding tf WHERE ${mine} AND tf.environment_id = ${environment} AND tf.unlinked_at IS NULL))
      ORDER BY id FOR UPDATE) held`);
  return manyRows(tx, fix, sql`
    SELECT t.id AS "ticketId", t.number AS ticket, t.state, f.id AS "findingId", f.number AS finding, tf.is_open AS "isOpen", tf.insisted, tf.remediation, tf.attempts,
      tf.auto_retest AS "autoRetest", tf.retest_at AS "retestAt", tf.escalated_at AS "escalatedAt"
    FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id JOIN finding f ON f.id = tf.finding_id
    WHERE ${mine} AND tf.environment_id = ${environment} AND tf.unlinked_at IS NULL ORDER BY t.id, f.id`);
}

const signer = z.object({ number: z.number(), type: z.string(), actor: z.string(), person: z.number().nullable() });
export type Signer = z.output<typeof signer>;

/** Who last called the fixes of these tickets ready (`ticket`), or named a scan as the proof of these findings (`finding`); by number. */
export async function whoResolved(tx: Tx, environment: number, type: "ticket" | "finding", numbers: readonly number[]): Promise<Signer[]> {
  const actions = type === "ticket" ? ["ticket.closed", "ticket.remediation_moved"] : ["finding.claimed"];
  return rows(tx, signer, sql`
    SELECT DISTINCT ON (e.record_number) e.record_number AS number, e.actor_type AS type, e.actor_id AS actor, e.person_id AS person FROM audit_event e
    WHERE e.environment_id = ${environment} AND e.record_type = ${type} AND e.record_number = ANY (${[...numbers]}::int[]) AND e.action = ANY (${actions}::text[]) AND e.actor_type <> 'system'
    ORDER BY e.record_number, e.sequence DESC`);
}

/** Settles retests that stand, by id; `by` is a name, `scan` the one that settled them. */
export async function settleRetests(tx: Tx, ids: readonly number[], given: { passed: boolean; by: string; scan: number | null; note: string | null; now: Date }): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw(sql`
    UPDATE retest SET status = ${given.passed ? "passed" : "failed"}::retest_status, settled_by = ${given.by}, settled_at = ${given.now}, scan_id = ${given.scan}, note = coalesce(${given.note}, note)
    WHERE id = ANY (${[...ids]}::int[]) AND status = 'requested'`);
}
