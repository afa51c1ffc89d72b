import { z } from "zod";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { grouped } from "@/lib/domain/grouped";
import { CLOSE_REASONS, SEVERITIES } from "@/lib/domain/finding/words";
import { DESTINATIONS, PRIORITIES, REMEDIATIONS, SYNCS, TICKET_STATES } from "@/lib/domain/ticket/words";

const text = z.string().nullable();
const date = z.date().nullable();

const link = z.object({
  ticket: z.number(), id: z.number(), number: z.number(), linkedAt: z.date(), unlinkedAt: date, isOpen: z.boolean(), insisted: z.boolean(),
  remediation: z.enum(REMEDIATIONS), attempts: z.number(), autoRetest: z.boolean(), retestAt: date, escalatedAt: date,
});

/** A finding's place in a ticket: `id` and `number` are the finding's. One that was unlinked stays, with when. */
export type TicketLink = Omit<z.output<typeof link>, "ticket">;

const stored = z.object({
  id: z.number(), number: z.number(), version: z.number(), title: z.string(), description: z.string(), state: z.enum(TICKET_STATES), reopenCount: z.number(),
  closeReason: z.enum(CLOSE_REASONS).nullable(), notes: text, reopenReason: text, followUpOn: date, proposal: text, closedAt: date, mergedInto: z.number().nullable(),
  splitFrom: z.number().nullable(), assigneeId: z.number().nullable(), assignee: text, assigneeName: text, team: text, cc: z.array(z.string()), priority: z.enum(PRIORITIES),
  labels: z.array(z.string()), dueOn: date, destination: z.enum(DESTINATIONS), connectorId: z.number().nullable(), sync: z.enum(SYNCS), marker: z.string(),
  externalKey: text, externalId: text, externalUrl: text, externalDone: z.boolean(), drift: z.array(z.string()), gaps: z.array(z.string()), severity: z.enum(SEVERITIES),
  remediation: z.enum(REMEDIATIONS), payload: z.unknown(), sent: z.unknown(), external: z.unknown(), isUnplugged: z.boolean(), isCalledOff: z.boolean(),
});

/**
 * A ticket as it stands, with the key of its row, its assignee by e-mail and name, and every finding that it has or had. `isUnplugged`: its connector was
 * removed. `isCalledOff`: it was to be made over there, and that was called off; nothing stands there.
 */
export type HeldTicket = z.output<typeof stored> & { links: readonly TicketLink[] };

/** A ticket `t` was to be made over there, and that was called off. */
export const calledOff = sql`(t.external_key IS NULL AND coalesce((SELECT d.status = 'cancelled' FROM delivery d WHERE d.ticket_id = t.id AND d.kind = 'create' ORDER BY d.id DESC LIMIT 1), false))`;

/**
 * The tickets of these numbers as they stand, held until the transaction ends; unknown numbers are left out. Whoever needs their findings as well
 * takes those first (lockFindings), so that two acts never wait for each other in a circle.
 */
export async function lockTicketRows(tx: Tx, environment: number, numbers: readonly number[]): Promise<HeldTicket[]> {
  await rows(tx, z.object({ id: z.number() }), sql`SELECT id FROM ticket WHERE environment_id = ${environment} AND number = ANY (${[...numbers]}::int[]) ORDER BY id FOR UPDATE`);
  return ticketsByNumber(tx, environment, numbers);
}

/** The same, held by nobody. */
export async function ticketsByNumber(db: Db, environment: number, numbers: readonly number[]): Promise<HeldTicket[]> {
  const found = await rows(db, stored, sql`
    SELECT t.id, t.number, t.version, t.title, t.description, t.state, t.reopen_count AS "reopenCount", t.close_reason AS "closeReason", t.notes, t.reopen_reason AS "reopenReason",
      t.follow_up_on AS "followUpOn", t.proposal, t.closed_at AS "closedAt", t.merged_into AS "mergedInto", t.split_from AS "splitFrom", t.assignee_id AS "assigneeId",
      p.email AS assignee, p.name AS "assigneeName", t.team, t.cc, t.priority, t.labels, t.due_on AS "dueOn", t.destination, t.connector_id AS "connectorId", t.sync, t.marker,
      t.external_key AS "externalKey", t.external_id AS "externalId", t.external_url AS "externalUrl", t.external_done AS "externalDone", t.drift, t.gaps, t.severity, t.remediation,
      t.payload, t.sent, t.external, c.removed_at IS NOT NULL AS "isUnplugged",
      ${calledOff} AS "isCalledOff"
    FROM ticket t LEFT JOIN person p ON p.id = t.assignee_id LEFT JOIN connector c ON c.id = t.connector_id
    WHERE t.environment_id = ${environment} AND t.number = ANY (${[...numbers]}::int[]) ORDER BY t.id`);
  const links = grouped(await linksOf(db, found.map(({ id }) => id)), ({ ticket }) => ticket);
  return found.map((ticket) => ({ ...ticket, links: links.get(ticket.id) ?? [] }));
}

/** What these tickets have and had, in the order of the findings. At most as many as 1,000 tickets hold. */
async function linksOf(db: Db, ids: readonly number[]): Promise<z.output<typeof link>[]> {
  return rows(db, link, sql`
    SELECT tf.ticket_id AS ticket, f.id, f.number, tf.linked_at AS "linkedAt", tf.unlinked_at AS "unlinkedAt", tf.is_open AS "isOpen", tf.insisted, tf.remediation, tf.attempts,
      tf.auto_retest AS "autoRetest", tf.retest_at AS "retestAt", tf.escalated_at AS "escalatedAt"
    FROM ticket_finding tf JOIN finding f ON f.id = tf.finding_id WHERE tf.ticket_id = ANY (${[...ids]}::int[]) ORDER BY tf.ticket_id, f.id`);
}

const openOne = z.object({ finding: z.number(), ticket: z.number() });

/** The open tickets that findings have already, the oldest of each. ticket_finding_finding_id_ticket_id_idx. */
export async function openTicketsOf(db: Db, findings: readonly number[], except: readonly number[] = []): Promise<Map<number, number>> {
  const found = await rows(db, openOne, sql`
    SELECT DISTINCT ON (tf.finding_id) tf.finding_id AS finding, t.number AS ticket FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id
    WHERE tf.finding_id = ANY (${[...findings]}::int[]) AND tf.is_open AND NOT (t.id = ANY (${[...except]}::int[])) ORDER BY tf.finding_id, t.id`);
  return new Map(found.map(({ finding, ticket }) => [finding, ticket]));
}

const change = z.object({ ticket: z.number(), version: z.number().nullable(), at: z.date(), by: z.string(), action: z.string() });

/** What happened to tickets after the versions that somebody saw, newest first, at most ten each. audit_event_ticket_partial. */
export async function ticketChangesSince(db: Db, environment: number, seen: readonly { number: number; version: number }[]): Promise<z.output<typeof change>[]> {
  if (seen.length === 0) return [];
  return rows(db, change, sql`
    SELECT s.number AS ticket, e.version, e.at, e.by, e.action FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS s(number int, version int)
    CROSS JOIN LATERAL (
      SELECT (b.after->>'version')::int AS version, e.at, e.actor_name AS by, e.action FROM audit_event e JOIN audit_body b USING (sequence)
      WHERE e.environment_id = ${environment} AND e.record_type = 'ticket' AND e.record_number = s.number AND (b.after->>'version')::int > s.version
      ORDER BY e.sequence DESC LIMIT 10
    ) e ORDER BY s.number, e.at DESC`);
}
