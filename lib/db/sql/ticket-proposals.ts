import { z } from "zod";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { manyRows, rows } from "@/lib/db/rows";

const closed = z.object({ id: z.number(), number: z.number(), version: z.number(), proposal: z.string().nullable(), proposedFor: z.array(z.string()), closeReason: z.string(), finding: z.number() });

/** A closed ticket of a finding (by row) that carries no other ticket now. */
export type ClosedTicket = z.output<typeof closed>;

/** The newest ticket of each of these findings where that is closed, held until the transaction ends. Merged ones are where they were merged to. */
export async function closedTicketsOf(tx: Tx, environment: number, findings: readonly number[]): Promise<ClosedTicket[]> {
  const found = await rows(tx, z.object({ id: z.number(), finding: z.number() }), sql`
    SELECT DISTINCT ON (tf.finding_id) t.id, tf.finding_id AS finding FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id
    WHERE tf.environment_id = ${environment} AND tf.finding_id = ANY (${[...findings]}::int[]) AND tf.unlinked_at IS NULL AND t.merged_into IS NULL
      AND NOT EXISTS (SELECT FROM ticket_finding o WHERE o.finding_id = tf.finding_id AND o.is_open) ORDER BY tf.finding_id, t.id DESC`);
  if (found.length === 0) return [];
  await tx.$executeRaw(sql`SELECT count(*) FROM (SELECT id FROM ticket WHERE id = ANY (${found.map(({ id }) => id)}::int[]) ORDER BY id FOR UPDATE) held`);
  return manyRows(tx, closed, sql`
    SELECT t.id, t.number, t.version, t.proposal, t.proposed_for AS "proposedFor", t.close_reason AS "closeReason", g.finding
    FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS g(id int, finding int) JOIN ticket t USING (id) WHERE t.state = 'closed' ORDER BY t.id, g.finding`);
}

export type Proposed = { id: number; proposal: string; keys: readonly string[] };

export async function writeProposals(tx: Tx, proposed: readonly Proposed[], now: Date): Promise<void> {
  if (proposed.length === 0) return;
  await tx.$executeRaw(sql`
    UPDATE ticket t SET proposal = g.proposal, proposed_at = ${now}, proposed_for = t.proposed_for || g.keys, version = t.version + 1, updated_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(proposed)}::jsonb) AS g(id int, proposal text, keys text[]) WHERE t.id = g.id AND t.state = 'closed'`);
}

const onTicket = z.object({ finding: z.number(), number: z.number(), asset: z.number() });

/** The findings of these assets that stand in tickets. */
export async function ticketedOn(db: Db, environment: number, assets: readonly number[]): Promise<z.output<typeof onTicket>[]> {
  return manyRows(db, onTicket, sql`
    SELECT DISTINCT f.id AS finding, f.number, f.asset_id AS asset FROM ticket_finding tf JOIN finding f ON f.id = tf.finding_id
    WHERE tf.environment_id = ${environment} AND tf.unlinked_at IS NULL AND f.asset_id = ANY (${[...assets]}::int[]) ORDER BY f.id`);
}

const overdue = z.object({ finding: z.number(), number: z.number(), key: z.string(), on: z.string() });

/**
 * Findings of closed tickets whose vendor should have answered by now, by the date on the ticket or on the finding, and for which nothing was proposed
 * yet. ticket_follow_up_partial and finding_follow_up_on_partial: both hold only what waits.
 */
export async function overdueFollowUps(db: Db, environment: number, now: Date, most: number): Promise<z.output<typeof overdue>[]> {
  const key = sql`'follow_up:' || to_char(d.due AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
  return rows(db, overdue, sql`
    SELECT DISTINCT ON (t.id) f.id AS finding, f.number, ${key} AS key, to_char(d.due AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS on
    FROM (
      SELECT tf.ticket_id, tf.finding_id, t.follow_up_on AS due FROM ticket t JOIN ticket_finding tf ON tf.ticket_id = t.id
      WHERE t.environment_id = ${environment} AND t.follow_up_on IS NOT NULL AND t.follow_up_on <= ${now} AND t.state = 'closed' AND tf.unlinked_at IS NULL
      UNION ALL
      SELECT tf.ticket_id, f.id, f.follow_up_on FROM finding f JOIN ticket_finding tf ON tf.finding_id = f.id
      WHERE f.environment_id = ${environment} AND f.follow_up_on IS NOT NULL AND f.follow_up_on <= ${now} AND f.close_reason = 'vendor_notified' AND tf.unlinked_at IS NULL
    ) d JOIN ticket t ON t.id = d.ticket_id JOIN finding f ON f.id = d.finding_id
    WHERE t.state = 'closed' AND t.merged_into IS NULL AND NOT ${key} = ANY (t.proposed_for)
      AND NOT EXISTS (SELECT FROM ticket_finding o WHERE o.finding_id = f.id AND (o.is_open OR (o.ticket_id > t.id AND o.unlinked_at IS NULL)))
    ORDER BY t.id, f.id LIMIT ${most}`);
}
