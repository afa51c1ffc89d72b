import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";

/** Numbers of findings whose acceptance has run out, soonest first; finding_environment_id_accepted_until_idx. */
export async function expiredNumbers(tx: Tx, environment: number, limit: number): Promise<number[]> {
  const found = await rows(tx, z.object({ number: z.number() }), sql`
    SELECT number FROM finding WHERE environment_id = ${environment} AND governance_status = 'accepted_risk' AND accepted_until <= docket_now()
    ORDER BY accepted_until, id LIMIT ${limit}`);
  return found.map(({ number }) => number);
}

const expiring = z.object({ acceptance: z.number(), finding: z.number(), number: z.number(), expiresAt: z.date() });
export type Expiring = z.output<typeof expiring>;

/** Standing acceptances that run out within the warning time and were not announced yet, held until the transaction ends. */
export async function expiringAcceptances(tx: Tx, environment: number, warnDays: number, limit: number): Promise<Expiring[]> {
  return rows(tx, expiring, sql`
    SELECT a.id AS acceptance, f.id AS finding, f.number, a.expires_at AS "expiresAt"
    FROM finding f JOIN acceptance a ON a.id = f.acceptance_id
    WHERE f.environment_id = ${environment} AND f.accepted_until > docket_now()
      AND f.accepted_until <= docket_now() + ${warnDays}::int * interval '1 day' AND a.warned_at IS NULL
    ORDER BY a.id LIMIT ${limit} FOR UPDATE OF a`);
}

/** Notes that the expiry of these acceptances was announced. */
export async function markWarned(tx: Tx, environment: number, acceptances: readonly number[]): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE acceptance SET warned_at = docket_now() WHERE environment_id = ${environment} AND id = ANY (${[...acceptances]}::int[]) AND warned_at IS NULL`);
}

/**
 * Numbers of findings whose follow-up is due, soonest first: a mitigation to be looked at again, a vendor to be asked. The whole of its day (in UTC)
 * counts, so that it comes when the day begins. Each date once; finding_follow_up_due_partial.
 */
export async function followUpNumbers(tx: Tx, environment: number, undoHours: number, limit: number): Promise<number[]> {
  const found = await rows(tx, z.object({ number: z.number() }), sql`
    SELECT number FROM finding WHERE environment_id = ${environment} AND follow_up_on IS NOT NULL AND follow_up_told IS DISTINCT FROM follow_up_on
      AND (governance_status = 'resolved' AND close_reason = 'mitigated' OR governance_status = 'in_progress' AND close_reason = 'vendor_notified')
      AND (decided_at IS NULL OR decided_at + least(${undoHours}::int, 24) * interval '1 hour' <= docket_now())
      AND follow_up_on < (date_trunc('day', docket_now() AT TIME ZONE 'UTC') + interval '1 day') AT TIME ZONE 'UTC'
    ORDER BY follow_up_on, id LIMIT ${limit}`);
  return found.map(({ number }) => number);
}

/** Notes that these findings were flagged for the dates that they have: another date is another occasion. */
export async function markFollowedUp(tx: Tx, environment: number, findings: readonly number[]): Promise<void> {
  await tx.$executeRaw(sql`UPDATE finding SET follow_up_told = follow_up_on WHERE environment_id = ${environment} AND id = ANY (${[...findings]}::int[])`);
}
