import { z } from "zod";
import { sql, type Sql, type Tx } from "@/lib/db/client";
import { manyRows, row, rows } from "@/lib/db/rows";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { AT_A_TIME } from "@/lib/domain/scan/consequences";
import { REMEDIATIONS } from "@/lib/domain/ticket/words";

/** Findings of an environment on which a claim, or a proof that nobody recorded, stands: off finding_proof_partial, and few. */
const unrecorded = sql`f.verification IN ('pending', 'verified') AND f.governance_status IN ('open', 'in_progress', 'reopened')`;

/** Where its group stands among all that waits: `first` is the least ticket of the group, and what waits in none is a group of its own. */
const groupRank = sql`rank() OVER (ORDER BY first NULLS LAST, CASE WHEN first IS NULL THEN id END)`;

/**
 * After the findings of a scan are compared, before any is written: which of them wait for a proof, as import_proof. A covering scan no longer
 * sees them, or one that is their newest still does; each awaited thing (a fix in a ticket, a retest, a claim) only where the scan was taken after
 * it. Without tickets, retests and claims it reads two empty indexes.
 */
export function gatheredProofs({ environment }: ScanOptions): Sql[] {
  const seen = sql`(k.sees AND NOT k.suppressed)`;
  const ran = sql`(NOT i.lists_checks OR (i.position, k.rule_was) IN (SELECT position, rule_id FROM import_ran))`; // a list that covers its scope need not hold the checks of what was closed before
  const absent = sql`(k.row IS NULL AND k.status = 'closed' AND (k.own = k.taken_at OR (i.covers AND ${ran})))`;
  return [
    sql`CREATE TEMP TABLE import_awaited ON COMMIT DROP AS
      SELECT tf.finding_id AS id, tf.ticket_id, tf.moved_at AS since, coalesce(tf.retest_at, tf.moved_at) AS due, tf.remediation = 'resolved' AS open, NULL::int AS retest_id
      FROM ticket_finding tf WHERE tf.environment_id = ${environment} AND tf.unlinked_at IS NULL AND tf.remediation IN ('resolved', 'verified')
        AND EXISTS (SELECT FROM ticket_number WHERE environment_id = ${environment})
      UNION ALL SELECT finding_id, NULL, due_at, due_at, true, id FROM retest WHERE status = 'requested' AND environment_id = ${environment}
      UNION ALL SELECT f.id, NULL, p.since, p.since, f.verification = 'pending', NULL FROM finding f CROSS JOIN LATERAL (
        SELECT greatest(f.decided_at, (SELECT max(e.created_at) FROM evidence e WHERE e.finding_id = f.id)) AS since) p WHERE f.environment_id = ${environment} AND ${unrecorded}`,
    sql`ANALYZE import_awaited (id)`,
    sql`CREATE TEMP TABLE import_proof ON COMMIT DROP AS
      SELECT *, (${groupRank} - 1) / ${AT_A_TIME}::bigint AS turn FROM (
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

const standing = z.object({ last: z.number().nullable(), isSpread: z.boolean() });

/**
 * In how many turns what waits is decided; without any, one small question. Its tickets are held, in the order in which everybody takes them.
 * Where a finding waits in two tickets, those two are one group, and all that hangs together by such findings: no ticket is told of in two turns.
 */
export async function turnsOfProofs(tx: Tx): Promise<number> {
  const found = await row(tx, standing, sql`SELECT max(turn)::int AS last, coalesce(bool_or(ticket_id <> first), false) AS "isSpread" FROM import_proof`);
  if (!found || found.last === null) return 0;
  await holdTickets(tx);
  return found.isSpread ? regroupProofs(tx) : found.last + 1;
}

/** Tickets that share a waiting finding get the least of their groups, until nothing changes; then the turns are counted anew. */
async function regroupProofs(tx: Tx): Promise<number> {
  const spread = (by: Sql) => sql`
    UPDATE import_proof p SET first = g.first FROM (SELECT ${by} AS key, min(first) AS first FROM import_proof WHERE ${by} IS NOT NULL GROUP BY 1) g WHERE p.${by} = g.key AND p.first > g.first`;
  while ((await tx.$executeRaw(spread(sql`ticket_id`))) + (await tx.$executeRaw(spread(sql`id`))) > 0);
  await tx.$executeRaw(sql`
    UPDATE import_proof p SET turn = g.turn FROM (
      SELECT id, min((at - 1) / ${AT_A_TIME}::bigint) AS turn FROM (SELECT id, ${groupRank} AS at FROM import_proof) r GROUP BY id) g WHERE p.id = g.id`);
  const found = await row(tx, standing.pick({ last: true }), sql`SELECT max(turn)::int AS last FROM import_proof`);
  return (found?.last ?? -1) + 1;
}

/** Holds the tickets of what waits for this scan, of what the catalogue names now, and those that it rates otherwise: all in one go, since two sorted sets one after the other are no order. */
export async function holdTickets(tx: Tx, isRated = false): Promise<void> {
  const rated = isRated ? sql`UNION ALL SELECT id FROM import_rated` : sql``;
  await tx.$executeRaw(sql`SELECT count(*) FROM (SELECT id FROM ticket WHERE id = ANY (ARRAY(
    SELECT tf.ticket_id FROM ticket_finding tf WHERE tf.unlinked_at IS NULL AND (tf.finding_id IN (SELECT id FROM import_proof) OR tf.finding_id IN (SELECT id FROM import_kev)) ${rated})) ORDER BY id FOR UPDATE) held`);
}

const nearby = z.object({ id: z.number(), elsewhere: z.boolean() });

/**
 * Of these findings, and of all that share a ticket with them: which the scan itself changes. `elsewhere`: their decision, by what it contradicts; the others
 * wait for this scan too and are still seen.
 */
export async function changedNear(tx: Tx, findings: readonly number[]): Promise<z.output<typeof nearby>[]> {
  const ids = sql`${[...findings]}::int[]`;
  return manyRows(tx, nearby, sql`
    SELECT n.id, c.id IS NOT NULL AS elsewhere FROM (
      SELECT unnest(${ids}) AS id UNION SELECT o.finding_id FROM ticket_finding tf JOIN ticket_finding o USING (ticket_id) WHERE tf.finding_id = ANY (${ids}) AND tf.unlinked_at IS NULL AND o.unlinked_at IS NULL
    ) n LEFT JOIN import_consequence c ON c.id = n.id WHERE c.id IS NOT NULL OR n.id IN (SELECT id FROM import_proof WHERE seen)`);
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
