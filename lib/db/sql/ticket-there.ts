import { z } from "zod";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import type { Recorded } from "@/lib/domain/ticket/there";
import { DESTINATIONS, type Sync } from "@/lib/domain/ticket/words";

const place = z.object({ at: z.number(), number: z.number() });

/**
 * The tickets that issues of a connector are, in the order of the issues: each by its id there, else by its key; null: it is none of ours. A key that a ticket
 * had before says nothing: it may be another issue's by now. ticket_external_id_partial, ticket_external_key_partial.
 */
export async function ticketsOfIssues(db: Db, connector: number, issues: readonly { id: string | null; key: string }[]): Promise<(number | null)[]> {
  const found = await rows(db, place, sql`
    SELECT g.at::int AS at, m.number FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(issues.map(({ id, key }) => ({ id, key })))}::jsonb) AS (id text, key text)) WITH ORDINALITY AS g(id, key, at)
    CROSS JOIN LATERAL (
      (SELECT number, 1 AS rank FROM ticket WHERE connector_id = ${connector} AND external_id = g.id AND external_key IS NOT NULL ORDER BY id LIMIT 1)
      UNION ALL (SELECT number, 2 FROM ticket WHERE connector_id = ${connector} AND external_key = g.key AND (external_id IS NULL OR g.id IS NULL OR external_id = g.id))
      ORDER BY rank LIMIT 1) m`);
  const numbers = new Map(found.map(({ at, number }) => [at, number]));
  return issues.map((_, index) => numbers.get(index + 1) ?? null);
}

const holder = z.object({ key: z.string(), id: z.number() });

/** Which tickets have these keys, by key. ticket_external_key_partial. */
export async function holdersOf(db: Db, connector: number, keys: readonly string[]): Promise<Map<string, number>> {
  const found = keys.length === 0 ? [] : await rows(db, holder, sql`SELECT external_key AS key, id FROM ticket WHERE connector_id = ${connector} AND external_key = ANY (${[...keys]}::text[])`);
  return new Map(found.map(({ key, id }) => [key, id]));
}

/** Which of these tickets' trackers were told last that they are closed or open again, with when; what failed was not told. */
export async function lastWords(db: Db, tickets: readonly number[]): Promise<Map<number, { kind: "close" | "reopen"; at: Date }>> {
  const found = tickets.length === 0 ? [] : await rows(db, z.object({ id: z.number(), kind: z.enum(["close", "reopen"]), at: z.date() }), sql`
    SELECT DISTINCT ON (ticket_id) ticket_id AS id, kind, created_at AS at FROM delivery WHERE ticket_id = ANY (${[...tickets]}::int[]) AND kind IN ('close', 'reopen') AND status NOT IN ('cancelled', 'failed') ORDER BY ticket_id, id DESC`);
  return new Map(found.map(({ id, kind, at }) => [id, { kind, at }]));
}

/** Of which of these tickets is something on its way that makes it, or changes what it says? Until it has arrived, what stands there is not what was sent. */
export async function onTheirWay(db: Db, tickets: readonly number[]): Promise<Set<number>> {
  const found = await rows(db, z.object({ id: z.number() }), sql`
    SELECT DISTINCT ticket_id AS id FROM delivery WHERE ticket_id = ANY (${[...tickets]}::int[]) AND kind IN ('create', 'update') AND status IN ('pending', 'sending', 'in_doubt')`);
  return new Set(found.map(({ id }) => id));
}

/** Does a connector make tickets at this moment, so that one of their issues is told of before its key is known here? */
export async function isMaking(db: Db, connector: number): Promise<boolean> {
  const found = await row(db, z.object({ any: z.boolean() }), sql`
    SELECT EXISTS (SELECT FROM delivery WHERE connector_id = ${connector} AND kind = 'create' AND status IN ('sending', 'in_doubt')) AS any`);
  return found?.any ?? false;
}

const connector = z.object({ id: z.number(), kind: z.enum(DESTINATIONS), name: z.string(), settings: z.unknown() });

/** A connector that is in use. */
export const connectorInUse = (db: Db, environment: number, id: number): Promise<z.output<typeof connector> | null> =>
  row(db, connector, sql`SELECT id, kind, name, settings FROM connector WHERE environment_id = ${environment} AND id = ${id} AND enabled AND removed_at IS NULL`);

export type Standing = { external: Recorded; drift: readonly string[]; isDone: boolean; sync: Sync; key: string; id: string | null; url: string | null };

/** Writes what stands over there of so many tickets. `isMoved`: its key is another, which is people's to see and comes with the ticket's next version. */
export async function writeThere(tx: Tx, tickets: readonly { ticket: number; standing: Standing; isMoved: boolean }[]): Promise<void> {
  if (tickets.length === 0) return;
  const given = tickets.map(({ ticket, standing, isMoved }) => ({ ticket, ...standing, moved: isMoved }));
  await tx.$executeRaw(sql`
    UPDATE ticket t SET external = g.external, external_at = now(), external_done = g."isDone", drift = g.drift, sync = g.sync, external_id = g.id, external_url = g.url,
      updated_at = docket_now(), external_key = CASE WHEN g.moved THEN g.key ELSE t.external_key END, version = t.version + g.moved::int
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(ticket int, external jsonb, drift text[], "isDone" boolean, sync ticket_sync, key text, id text, url text, moved boolean)
    WHERE t.id = g.ticket`);
}

/** They were heard of, and nothing is new. */
export async function markHeard(tx: Tx, tickets: readonly number[]): Promise<void> {
  if (tickets.length > 0) await tx.$executeRaw(sql`UPDATE ticket SET external_at = now() WHERE id = ANY (${[...tickets]}::int[])`);
}

/** Keeps a difference's end: what is silent from now on, and which fields still differ. */
export async function writeDrift(tx: Tx, ticket: number, { external, drift }: Pick<Standing, "external" | "drift">): Promise<void> {
  await tx.$executeRaw(sql`UPDATE ticket SET external = ${JSON.stringify(external)}::jsonb, drift = ${[...drift]}::text[], updated_at = docket_now() WHERE id = ${ticket}`);
}

const unheard = z.object({ key: z.string(), id: z.string().nullable() });

/** The issues of open tickets of a connector that were not heard of for longest, for so many hours at least; what is gone may be back, and is looked for once a day. ticket_unheard_partial. */
export async function unheardTickets(db: Db, connectorId: number, hours: number, most: number): Promise<z.output<typeof unheard>[]> {
  return rows(db, unheard, sql`
    SELECT external_key AS key, external_id AS id FROM ticket WHERE connector_id = ${connectorId} AND external_key IS NOT NULL AND state = 'open'
      AND (external_at IS NULL OR external_at < now() - (CASE WHEN sync = 'gone' THEN greatest(${hours}::int, 24) ELSE ${hours}::int END) * interval '1 hour')
    ORDER BY external_at NULLS FIRST, id LIMIT ${most}`);
}
