import { z } from "zod";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";

const creations = z.object({ waits: z.boolean(), wasAsked: z.boolean(), isSending: z.boolean(), asked: z.unknown() });
export type Creations = z.output<typeof creations>;

/**
 * Of what was to make a ticket over there: does any of it still wait or has failed, was its tracker ever asked, and with which payload last? `isSending`: something
 * of this ticket, whatever it is, is being sent. delivery_ticket_id_id_idx.
 */
export async function creationsOf(db: Db, ticket: number): Promise<Creations> {
  const found = await row(db, creations, sql`
    SELECT coalesce(bool_or(kind = 'create' AND status IN ('pending', 'sending', 'in_doubt', 'failed')), false) AS waits, coalesce(bool_or(kind = 'create' AND asked_at IS NOT NULL), false) AS "wasAsked",
      coalesce(bool_or(status = 'sending'), false) AS "isSending", (array_agg(body->'asked' ORDER BY id DESC) FILTER (WHERE kind = 'create' AND asked_at IS NOT NULL))[1] AS asked
    FROM delivery WHERE ticket_id = ${ticket}`);
  return found ?? { waits: false, wasAsked: false, isSending: false, asked: null };
}

/** The ticket stands nowhere over there, with its next version: what was told of its issue, and to it, holds no more, and what waits to follow it is called off. */
export async function takeOff(tx: Tx, ticket: number, sync: "in_doubt" | "pending"): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE delivery SET status = 'cancelled', settled_at = docket_now(), last_error = 'The ticket is made anew over there, as it stands now.'
    WHERE ticket_id = ${ticket} AND kind <> 'create' AND status IN ('pending', 'failed')`);
  await tx.$executeRaw(sql`
    UPDATE ticket SET external_key = NULL, external_id = NULL, external_url = NULL, external = NULL, external_at = NULL, external_done = false, drift = '{}', sent = NULL,
      sync = ${sync}::ticket_sync, version = version + 1, updated_at = docket_now() WHERE id = ${ticket}`);
}

/** What may just have been made is looked for once the search would show it, however often it is sent again: it counts as asked for. */
export async function waitForSearch(tx: Tx, ticket: number): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE delivery d SET due_at = greatest(d.due_at, before.at + c.lag_seconds * interval '1 second'), asked_at = coalesce(before.at, docket_now())
    FROM connector c, (SELECT max(asked_at) AS at FROM delivery WHERE ticket_id = ${ticket} AND kind = 'create') before WHERE c.id = d.connector_id AND d.ticket_id = ${ticket} AND d.kind = 'create' AND d.status = 'in_doubt'`);
}
