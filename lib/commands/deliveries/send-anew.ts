import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { creationsOf, takeOff, waitForSearch, type Creations } from "@/lib/db/sql/send-anew";
import { sendAnewInput } from "@/lib/domain/connector/input";
import { sentOf } from "@/lib/domain/ticket/sent";
import { isLookedFor } from "@/lib/domain/ticket/words";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";
import { creationOf, deliveryJobs, enqueueDelivery, openTicket, renewPayloads, ticketTrail, type HeldTicket, type NewDelivery } from "@/lib/gate/tickets";

type Asked = z.output<typeof sendAnewInput>;

/**
 * Has a ticket made again over there, `{environment, ticket, version?, note?, insist?}`: one whose issue is gone, or whose making was called off. It is looked for
 * first, by its marker, and linked where it is found; where nothing looks for it and it may have been made, that has to be insisted on. It goes as it stands now.
 */
export function sendAnew(actor: Actor, raw: unknown): Promise<Result<{ ticket: number }>> {
  return commit(actor, { act: "delivery.steer", input: sendAnewInput, work }, raw);
}

async function work(tx: Tx, { environment, ticket: number, version, note, insist }: Asked): Promise<Result<Change<{ ticket: number }>>> {
  const opened = await openTicket(tx, environment, { number, version });
  if (!opened.ok) return opened;
  const ticket = opened.value;
  const made = await creationsOf(tx, ticket.id);
  const { wasAsked } = made;
  const refused = refusalOf(ticket, made, insist);
  if (refused) return refused;

  const isSought = isLookedFor(ticket.destination) && (wasAsked || ticket.externalKey !== null);
  const deliveries = creationOf(ticket);
  return ok({
    trail: [ticketTrail(ticket, "ticket.made_anew", { before: { external_key: ticket.externalKey, sync: ticket.sync }, after: { external_key: null, sync: isSought ? "in_doubt" : "pending" }, note: note ?? null })],
    jobs: deliveryJobs(deliveries),
    write: async (within) => {
      await takeOff(within, ticket.id, isSought ? "in_doubt" : "pending");
      await renewPayloads(within, environment, [number]);
      await enqueueDelivery(within, environment, deliveries.map((one) => (one.kind === "create" && isSought ? { ...one, status: "in_doubt", body: lastSaid(ticket, made.asked) } : one)));
      await waitForSearch(within, ticket.id);
      return { ticket: number };
    },
  });
}

/** What is found was written then: by the ticket's issue as it was last told, or else by what was asked for last. */
function lastSaid({ externalKey, sent }: HeldTicket, asked: unknown): NewDelivery["body"] {
  if (externalKey !== null) return { mark: sentOf(sent).text ?? null };
  return asked ? { asked } : {};
}

/** Only what certainly stands nowhere is made again, and what may stand somewhere is looked for first. */
function refusalOf(ticket: HeldTicket, { waits, wasAsked, isSending }: Creations, insist: boolean): Refused | null {
  const name = `T-${ticket.number}`;
  if (ticket.connectorId === null) return refuse("conflict", `${name} is kept here: it stands in no tracker.`);
  if (ticket.isUnplugged) return refuse("conflict", "Its connector was removed: nothing is sent there.", { next: "Make another ticket with another connector." });
  if (ticket.state === "closed") return refuse("conflict", `${name} is closed.`, { next: "Reopen it first, where there is still work." });
  if (waits) return refuse("conflict", `${name} is on its way already.`, { next: "Send it again, link it by hand, or call it off." });
  if (isSending) return refuse("conflict", `A change of ${name} is being sent at this moment.`, { next: "Wait a moment." });
  if (ticket.externalKey !== null && ticket.sync !== "gone") return refuse("conflict", `${name} stands there as ${ticket.externalKey}.`, { next: "Work there, or close it." });
  const isBlind = ticket.externalKey === null && wasAsked && !isLookedFor(ticket.destination);
  if (isBlind && !insist) return refuse("conflict", "It may have been made, and this destination cannot be searched: a second one may come of it.", { next: "Look there first. Link it by hand, or insist." });
  return null;
}
