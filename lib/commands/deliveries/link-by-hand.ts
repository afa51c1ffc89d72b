import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { cancelAssigning, cancelCreations, placeTicket } from "@/lib/db/sql/delivery-write";
import { linkByHandInput } from "@/lib/domain/connector/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";
import { openTicket, ticketTrail } from "@/lib/gate/tickets";

/**
 * Says which issue over there a ticket is, `{environment, ticket, key, url?, version?}`: what waits to make one is called off. An issue belongs to one
 * ticket alone.
 */
export function linkByHand(actor: Actor, raw: unknown): Promise<Result<{ ticket: number }>> {
  return commit(actor, { act: "delivery.steer", input: linkByHandInput, work }, raw);
}

async function work(tx: Tx, { environment, ticket: number, key, url, version }: z.output<typeof linkByHandInput>): Promise<Result<Change<{ ticket: number }>>> {
  const opened = await openTicket(tx, environment, { number, version });
  if (!opened.ok) return opened;
  const ticket = opened.value;
  if (ticket.connectorId === null) return refuse("conflict", `T-${number} is kept here: it stands in no tracker.`);
  if (ticket.externalKey === key) return ok({ unchanged: { ticket: number } });
  const sending = await tx.delivery.findFirst({ where: { ticketId: ticket.id, kind: "create", status: "sending" }, select: { id: true } });
  if (sending) return refuse("conflict", "It is being sent at this moment.", { next: "Wait a moment, then look again." });
  const other = await tx.ticket.findFirst({ where: { connectorId: ticket.connectorId, externalKey: key }, select: { number: true } });
  if (other) return refuse("conflict", `${key} is T-${other.number} already.`, { next: "Merge the two tickets, or give another key." });
  return ok({
    trail: [ticketTrail(ticket, "ticket.linked_by_hand", { before: { external_key: ticket.externalKey }, after: { external_key: key, external_url: url ?? null } })],
    write: async (within) => {
      await cancelCreations(within, ticket.id);
      await cancelAssigning(within, ticket.id);
      await placeTicket(within, ticket.id, { key, id: null, url: url ?? null, sent: {} });
      return { ticket: number };
    },
    jobs: [{ name: "deliver-tickets", payload: { connector: ticket.connectorId } }],
  });
}
