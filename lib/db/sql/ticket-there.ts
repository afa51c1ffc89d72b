import { z } from "zod";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import type { Recorded } from "@/lib/domain/ticket/there";
import { DESTINATIONS, type Sync } from "@/lib/domain/ticket/words";

const place = z.object({ number: z.number() });

/** The ticket that an issue of a connector is: by its id there, else by its key, else by one that it had before. ticket_external_id_partial, ticket_external_key_partial. */
export async function ticketOfIssue(db: Db, connector: number, issue: { id: string | null; key: string }): Promise<number | null> {
  const found = await row(db, place, sql`
    (SELECT number, 1 AS rank FROM ticket WHERE connector_id = ${connector} AND external_id = ${issue.id} AND external_key IS NOT NULL ORDER BY id LIMIT 1)
    UNION ALL (SELECT number, 2 FROM ticket WHERE connector_id = ${connector} AND external_key = ${issue.key} AND (external_id IS NULL OR ${issue.id}::text IS NULL OR external_id = ${issue.id}))
    ORDER BY rank LIMIT 1`);
  return found?.number ?? null;
}

const rival = z.object({ number: z.number() });

/** Which other ticket has this key already? */
export async function ticketWithKey(db: Db, connector: number, key: string, except: number): Promise<number | null> {
  const found = await row(db, rival, sql`SELECT number FROM ticket WHERE connector_id = ${connector} AND external_key = ${key} AND id <> ${except}`);
  return found?.number ?? null;
}

/** Is something of ours on its way that makes this ticket, or changes what it says? Until it has arrived, what stands there is not what was sent. */
export async function isOnItsWay(db: Db, ticket: number): Promise<boolean> {
  const found = await row(db, z.object({ any: z.boolean() }), sql`
    SELECT EXISTS (SELECT FROM delivery WHERE ticket_id = ${ticket} AND kind IN ('create', 'update') AND status IN ('pending', 'sending', 'in_doubt')) AS any`);
  return found?.any ?? false;
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

/** Writes what stands over there. `isMoved`: its key is another, which is people's to see and comes with the ticket's next version. */
export async function writeThere(tx: Tx, ticket: number, { external, drift, isDone, sync, key, id, url }: Standing, isMoved: boolean): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE ticket SET external = ${JSON.stringify(external)}::jsonb, external_at = now(), external_done = ${isDone}, drift = ${[...drift]}::text[], sync = ${sync}::ticket_sync,
      external_id = ${id}, external_url = ${url}, updated_at = docket_now(), external_key = CASE WHEN ${isMoved} THEN ${key} ELSE external_key END, version = version + ${isMoved ? 1 : 0}::int
    WHERE id = ${ticket}`);
}

/** It was heard of, and nothing is new. */
export async function markHeard(tx: Tx, ticket: number): Promise<void> {
  await tx.$executeRaw(sql`UPDATE ticket SET external_at = now() WHERE id = ${ticket}`);
}

/** Keeps a difference's end: what is silent from now on, and which fields still differ. */
export async function writeDrift(tx: Tx, ticket: number, { external, drift }: Pick<Standing, "external" | "drift">): Promise<void> {
  await tx.$executeRaw(sql`UPDATE ticket SET external = ${JSON.stringify(external)}::jsonb, drift = ${[...drift]}::text[], updated_at = docket_now() WHERE id = ${ticket}`);
}

const unheard = z.object({ key: z.string() });

/** Open tickets of a connector that were not heard of for longest, for so many hours at least. ticket_unheard_partial. */
export async function unheardTickets(db: Db, connectorId: number, hours: number, most: number): Promise<string[]> {
  const found = await rows(db, unheard, sql`
    SELECT external_key AS key FROM ticket WHERE connector_id = ${connectorId} AND external_key IS NOT NULL AND state = 'open' AND sync <> 'gone' AND (external_at IS NULL OR external_at < now() - ${hours}::int * interval '1 hour')
    ORDER BY external_at NULLS FIRST, id LIMIT ${most}`);
  return found.map(({ key }) => key);
}
