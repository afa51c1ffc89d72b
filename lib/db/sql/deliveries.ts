import { z } from "zod";
import { prisma, sql, type Db, type Tx } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { CONNECTOR_KINDS } from "@/lib/domain/connector/kinds";
import { CLOSE_REASONS } from "@/lib/domain/finding/words";
import { ANSWER_SECONDS, deliveryBody, DELIVERY_KINDS, DELIVERY_STATUSES } from "@/lib/domain/ticket/delivery";
import { SYNCS } from "@/lib/domain/ticket/words";

/** How long a runner may be silent before another takes its tracker: more than its longest answer. Leases run on the wall clock. */
const LEASE_SECONDS = 60;

const stored = z.object({
  id: z.number(), environment: z.number(), kind: z.enum(CONNECTOR_KINDS), name: z.string(), settings: z.unknown(), sealed: z.instanceof(Uint8Array).nullable(), lagSeconds: z.number(), failures: z.number(),
});
export type TakenConnector = z.output<typeof stored>;

/** The tickets that a runner before was at, held: tickets come before their connector. Whom it is at now, while it has its lease, is let be. */
export async function holdLeftBehind(tx: Tx, connector: number): Promise<void> {
  await tx.$executeRaw(sql`
    SELECT FROM ticket WHERE id IN (SELECT d.ticket_id FROM delivery d JOIN connector c ON c.id = d.connector_id
      WHERE c.id = ${connector} AND d.status = 'sending' AND (c.leased_until IS NULL OR c.leased_until < now())) ORDER BY id FOR UPDATE`);
}

/** Takes a tracker for a runner, where no other has it. `lease` is the runner's own name. Null: it is switched off, removed, or in other hands. */
export async function leaseConnector(tx: Tx, environment: number, id: number, lease: string): Promise<TakenConnector | null> {
  return row(tx, stored, sql`
    UPDATE connector SET leased_by = ${lease}, leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
    WHERE environment_id = ${environment} AND id = ${id} AND enabled AND removed_at IS NULL AND (leased_until IS NULL OR leased_until < now() OR leased_by = ${lease})
    RETURNING id, environment_id AS environment, kind, name, settings, sealed, lag_seconds AS "lagSeconds", failures`);
}

/** Gives it back. */
export async function endLease(id: number, lease: string): Promise<void> {
  await prisma.$executeRaw(sql`UPDATE connector SET leased_by = NULL, leased_until = NULL WHERE id = ${id} AND leased_by = ${lease}`);
}

/** Does the runner still have it? Its time begins anew then. */
export async function renewLease(id: number, lease: string): Promise<boolean> {
  return (await prisma.$executeRaw(sql`
    UPDATE connector SET leased_until = now() + ${LEASE_SECONDS} * interval '1 second' WHERE id = ${id} AND leased_by = ${lease} AND leased_until > now()`)) === 1;
}

const orphan = z.object({ id: z.number(), kind: z.enum(DELIVERY_KINDS), ticket: z.number() });

/** Deliveries that a runner was at when it died; their tracker has just been taken, so nobody is at them now. */
export async function orphansOf(tx: Tx, connector: number): Promise<z.output<typeof orphan>[]> {
  return rows(tx, orphan, sql`
    SELECT d.id, d.kind, t.number AS ticket FROM delivery d JOIN ticket t ON t.id = d.ticket_id WHERE d.connector_id = ${connector} AND d.status = 'sending' ORDER BY d.id FOR UPDATE OF d`);
}

/** A new ticket may have been made: it is looked for once its answer would have come and the search would show it. A change is sent again, a remark looked for then. */
export async function doubtOrphans(tx: Tx, connector: number, lagSeconds: number): Promise<void> {
  const wait = ANSWER_SECONDS + lagSeconds;
  await tx.$executeRaw(sql`
    WITH left_behind AS (
      UPDATE delivery SET status = CASE WHEN kind = 'create' THEN 'in_doubt' ELSE 'pending' END::delivery_status, last_error = 'The one who sent it was cut off.',
        due_at = CASE WHEN kind = 'create' THEN asked_at + ${wait} * interval '1 second' ELSE docket_now() END
      WHERE connector_id = ${connector} AND status = 'sending' RETURNING ticket_id, kind
    ) UPDATE ticket t SET sync = 'in_doubt' FROM left_behind l WHERE t.id = l.ticket_id AND l.kind = 'create' AND t.external_key IS NULL`);
}

const claimed = z.object({
  id: z.number(), kind: z.enum(DELIVERY_KINDS), attempt: z.number(), isDoubtful: z.boolean(), body: deliveryBody, failures: z.number(), createdAt: z.date(),
  ticket: z.object({
    number: z.number(), marker: z.string(), payload: z.unknown(), key: z.string().nullable(), id: z.string().nullable(), url: z.string().nullable(),
    sent: z.unknown(), assignee: z.object({ name: z.string(), email: z.string() }).nullable(), reason: z.enum(CLOSE_REASONS).nullable(), reopenReason: z.string().nullable(), notes: z.string().nullable(),
  }),
  /** Of a remark that was sent before and may have arrived: those that were sent before it, newest first. Null: it goes out for the first time. */
  earlier: z.array(z.object({ text: z.string(), at: z.coerce.date() })).nullable(),
});
export type ClaimedDelivery = z.output<typeof claimed>;
/** So many remarks of ours are read back to tell one from another. */
const MOST_EARLIER = 20;

/**
 * The next delivery of a tracker that is due, in order: the oldest whose ticket has nothing older under way. One in doubt stays so while it is looked
 * for; any other is `sending` from now on. Null: nothing is due, the tracker is left alone for now, or this runner has it no more. delivery_waiting_partial.
 */
export async function claimNext(tx: Tx, connector: number, lease: string, how: { isSearched: boolean; isAsked: boolean }): Promise<ClaimedDelivery | null> {
  return row(tx, claimed, sql`
    WITH mine AS (
      UPDATE connector SET leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
      WHERE id = ${connector} AND leased_by = ${lease} AND leased_until > now() AND enabled AND removed_at IS NULL
        AND coalesce(open_until, '-infinity') <= docket_now() AND coalesce(resume_at, '-infinity') <= docket_now() RETURNING id, failures
    ), next AS (
      SELECT d.id, d.status, d.ticket_id, d.asked_at IS NOT NULL AS was_asked, mine.failures FROM mine JOIN delivery d ON d.connector_id = mine.id JOIN ticket t ON t.id = d.ticket_id
      WHERE d.status IN ('pending', 'in_doubt') AND d.due_at <= docket_now() AND (d.status = 'pending' OR ${how.isSearched}) AND (d.kind = 'create' OR t.external_key IS NOT NULL OR NOT ${how.isAsked})
        AND NOT EXISTS (SELECT FROM delivery e WHERE e.ticket_id = d.ticket_id AND e.id < d.id AND e.status IN ('pending', 'sending', 'in_doubt'))
      ORDER BY d.id LIMIT 1
    ), taken AS (
      UPDATE delivery d SET attempts = d.attempts + 1, status = CASE WHEN d.status = 'in_doubt' THEN d.status ELSE 'sending' END,
        asked_at = CASE WHEN d.status = 'in_doubt' THEN d.asked_at ELSE docket_now() END,
        body = CASE WHEN d.status = 'in_doubt' OR d.kind NOT IN ('create', 'update') THEN d.body ELSE d.body || jsonb_build_object('said', jsonb_build_object('assignee', p.email) ||
          jsonb_strip_nulls(jsonb_build_object('title', t.payload->'title', 'priority', t.payload->'priority', 'severity', t.payload->'severity', 'labels', t.payload->'labels')))
          || CASE WHEN d.kind = 'create' THEN jsonb_build_object('asked', coalesce(d.body->'payload', t.payload)) ELSE '{}' END END
      FROM next JOIN ticket t ON t.id = next.ticket_id LEFT JOIN person p ON p.id = t.assignee_id WHERE d.id = next.id RETURNING d.*, next.was_asked, next.failures
    )
    SELECT d.id, d.kind, d.attempts AS attempt, d.status = 'in_doubt' AS "isDoubtful", d.body, d.failures, d.created_at AS "createdAt",
      json_build_object('number', t.number, 'marker', t.marker, 'payload', t.payload, 'key', t.external_key, 'id', t.external_id, 'url', t.external_url, 'sent', t.sent,
        'assignee', CASE WHEN p.id IS NOT NULL THEN json_build_object('name', p.name, 'email', p.email) END, 'reason', t.close_reason, 'reopenReason', t.reopen_reason, 'notes', t.notes) AS ticket,
      CASE WHEN d.was_asked AND d.kind NOT IN ('create', 'update') THEN (SELECT coalesce(json_agg(json_build_object('text', e.text, 'at', e.created_at) ORDER BY e.id DESC), '[]') FROM (
        SELECT id, body->>'text' AS text, created_at FROM delivery WHERE ticket_id = d.ticket_id AND id < d.id AND connector_id = d.connector_id AND status = 'sent' AND body->>'text' IS NOT NULL
          AND kind NOT IN ('create', 'update') ORDER BY id DESC LIMIT ${MOST_EARLIER}) e) END AS earlier
    FROM taken d JOIN ticket t ON t.id = d.ticket_id LEFT JOIN person p ON p.id = t.assignee_id`);
}

const held = z.object({
  id: z.number(), kind: z.enum(DELIVERY_KINDS), status: z.enum(DELIVERY_STATUSES), attempts: z.number(), body: deliveryBody, wasAsked: z.boolean(), lastError: z.string().nullable(),
  connector: z.number(), connectorKind: z.enum(CONNECTOR_KINDS), connectorName: z.string(), lagSeconds: z.number(), failures: z.number(),
  ticketId: z.number(), ticket: z.number(), version: z.number(), sync: z.enum(SYNCS), key: z.string().nullable(),
});
export type HeldDelivery = z.output<typeof held>;

/** A delivery with its ticket and its tracker, all held until the transaction ends, the ticket first as everywhere. */
export async function holdDelivery(tx: Tx, environment: number, id: number): Promise<HeldDelivery | null> {
  await tx.$executeRaw(sql`SELECT FROM ticket WHERE id = (SELECT ticket_id FROM delivery WHERE environment_id = ${environment} AND id = ${id}) FOR UPDATE`);
  await tx.$executeRaw(sql`SELECT FROM connector WHERE id = (SELECT connector_id FROM delivery WHERE environment_id = ${environment} AND id = ${id}) FOR NO KEY UPDATE`);
  return row(tx, held, sql`
    SELECT d.id, d.kind, d.status, d.attempts, d.body, d.asked_at IS NOT NULL AS "wasAsked", d.last_error AS "lastError", c.id AS connector, c.kind AS "connectorKind", c.name AS "connectorName",
      c.lag_seconds AS "lagSeconds", c.failures, t.id AS "ticketId", t.number AS ticket, t.version, t.sync, t.external_key AS key
    FROM delivery d JOIN ticket t ON t.id = d.ticket_id JOIN connector c ON c.id = d.connector_id WHERE d.environment_id = ${environment} AND d.id = ${id} FOR UPDATE OF d`);
}

/** The number of another ticket that is this issue already. ticket_external_key_partial. */
export async function rivalFor(tx: Tx, { connector, ticketId }: Pick<HeldDelivery, "connector" | "ticketId">, key: string): Promise<number | null> {
  const found = await row(tx, z.object({ number: z.number() }), sql`SELECT number FROM ticket WHERE connector_id = ${connector} AND external_key = ${key} AND id <> ${ticketId}`);
  return found?.number ?? null;
}

const due = z.object({ id: z.number() });

/** Trackers that have something due and nobody at it, for the clock. */
export async function connectorsDue(db: Db): Promise<number[]> {
  const found = await rows(db, due, sql`
    SELECT c.id FROM connector c WHERE c.enabled AND c.removed_at IS NULL AND (c.leased_until IS NULL OR c.leased_until < now())
      AND coalesce(c.open_until, '-infinity') <= docket_now() AND coalesce(c.resume_at, '-infinity') <= docket_now()
      AND EXISTS (SELECT FROM delivery d WHERE d.connector_id = c.id AND (d.status = 'sending' OR (d.status IN ('pending', 'in_doubt') AND d.due_at <= docket_now())))
    ORDER BY c.id LIMIT 1000`);
  return found.map(({ id }) => id);
}
