import { sql, type Db, type Tx } from "@/lib/db/client";
import type { DeliveryBody, DeliveryStatus } from "@/lib/domain/ticket/delivery";
import type { SentWords } from "@/lib/domain/ticket/sent";
import type { Sync } from "@/lib/domain/ticket/words";

/** What a delivery has come to; `waitSeconds`: when it is due again, from now. */
export async function updateDelivery(tx: Tx, id: number, to: { status: DeliveryStatus; error: string | null; waitSeconds?: number; duplicates?: DeliveryBody["duplicates"] }): Promise<void> {
  const ends = to.status === "sent" || to.status === "failed" || to.status === "cancelled";
  await tx.$executeRaw(sql`
    UPDATE delivery SET status = ${to.status}::delivery_status, last_error = ${to.error?.slice(0, 2_000) ?? null}, due_at = docket_now() + ${to.waitSeconds ?? 0}::int * interval '1 second',
      settled_at = CASE WHEN ${ends} THEN docket_now() END,
      body = CASE WHEN ${to.status === "sent"} THEN body - 'asked' ELSE body END || ${JSON.stringify(to.duplicates && to.duplicates.length > 0 ? { duplicates: to.duplicates } : {})}::jsonb WHERE id = ${id}`);
}

/** What is to be known of a delivery that was sent. */
export async function noteOnDelivery(db: Db, id: number, note: string): Promise<void> {
  await db.$executeRaw(sql`UPDATE delivery SET last_error = ${note.slice(0, 2_000)} WHERE id = ${id} AND status = 'sent'`);
}

/**
 * Where a ticket stands over there, with its next version: its key is people's to see and to change. Nothing that was said of another issue, or to it, holds
 * any more; `sent`: what the issue itself was told.
 */
export async function placeTicket(tx: Tx, ticket: number, placed: { key: string; id: string | null; url: string | null; sent: SentWords }): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE ticket SET external_key = ${placed.key}, external_id = ${placed.id}, external_url = ${placed.url}, sync = 'sent', version = version + 1, sent = ${JSON.stringify(placed.sent)}::jsonb,
      external_done = false, drift = '{}', external_at = NULL, updated_at = docket_now() WHERE id = ${ticket}`);
}

/** How far it has come to its destination. */
export async function setSync(tx: Tx, ticket: number, sync: Sync): Promise<void> {
  await tx.$executeRaw(sql`UPDATE ticket SET sync = ${sync}::ticket_sync WHERE id = ${ticket} AND sync <> ${sync}::ticket_sync`);
}

/** A ticket that stands over there, and of which nothing has failed any more, is not one that was not sent. */
export async function settleSync(tx: Tx, { ticketId, id }: { ticketId: number; id: number }): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE ticket t SET sync = 'sent' WHERE t.id = ${ticketId} AND t.sync = 'failed' AND t.external_key IS NOT NULL
      AND NOT EXISTS (SELECT FROM delivery d WHERE d.ticket_id = t.id AND d.id <> ${id} AND d.status IN ('failed', 'in_doubt'))`);
}

/** What the issue was told on top of what it had been told before. */
export async function addSent(tx: Tx, ticket: number, told: SentWords): Promise<void> {
  const words = JSON.stringify(told);
  if (words !== "{}") await tx.$executeRaw(sql`UPDATE ticket SET sent = coalesce(sent, '{}') || ${words}::jsonb WHERE id = ${ticket}`);
}

/** A tracker answered. */
export async function connectorAnswered(tx: Tx, id: number): Promise<void> {
  await tx.$executeRaw(sql`UPDATE connector SET failures = 0, open_until = NULL, last_ok_at = docket_now() WHERE id = ${id}`);
}

/** A tracker failed: how often in a row, and for how many seconds it is left alone. */
export async function connectorFailed(tx: Tx, id: number, to: { failures: number; openSeconds: number | null; pauseSeconds: number | null; error: string }): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE connector SET failures = ${to.failures}, last_error = ${to.error.slice(0, 2_000)}, last_error_at = docket_now(),
      open_until = CASE WHEN ${to.openSeconds !== null} THEN docket_now() + ${to.openSeconds ?? 0}::int * interval '1 second' ELSE open_until END,
      resume_at = CASE WHEN ${to.pauseSeconds !== null} THEN docket_now() + ${to.pauseSeconds ?? 0}::int * interval '1 second' ELSE resume_at END
    WHERE id = ${id}`);
}

/** Whom a ticket is given to is told to the issue that is made for it, not to one that is there and may be somebody's: from there on it is a difference, for a person to end. */
export async function cancelAssigning(tx: Tx, ticket: number): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE delivery SET status = 'cancelled', settled_at = docket_now(), last_error = 'The issue was there already: whoever has it keeps it.'
    WHERE ticket_id = ${ticket} AND kind = 'update' AND body->'fields' = '["assignee"]' AND status IN ('pending', 'failed')`);
}

/** Nothing that waits to make this ticket is sent any more. */
export async function cancelCreations(tx: Tx, ticket: number): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE delivery SET status = 'cancelled', settled_at = docket_now(), last_error = 'Linked by hand.' WHERE ticket_id = ${ticket} AND kind = 'create' AND status IN ('pending', 'in_doubt', 'failed')`);
}

/** What waits to follow a ticket that will not be made over there is sent no more. */
export async function cancelFollowers(tx: Tx, ticket: number): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE delivery SET status = 'cancelled', settled_at = docket_now(), last_error = 'The ticket is not made over there: that was called off.'
    WHERE ticket_id = ${ticket} AND kind <> 'create' AND status IN ('pending', 'failed')`);
}
