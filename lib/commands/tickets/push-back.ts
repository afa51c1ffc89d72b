import type { Tx } from "@/lib/db/client";
import { writeDrift } from "@/lib/db/sql/ticket-there";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { DRIFT_LABELS, DRIFT_RULES, isChangedFromHere, peoplesLabels } from "@/lib/domain/ticket/drift";
import { driftInput, type DriftAsked } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { writeTicketMoves } from "@/lib/gate/ticket-moves";
import { deliveriesOf, deliveryJobs, enqueueDelivery, ticketTrail } from "@/lib/gate/tickets";
import { differing } from "./steps/differing";

/** Sends our value again where the tracker has another, `{environment, ticket, version?, field, note?}`: a title, severity, priority, assignee or labels. It goes with the ticket as it stands now. */
export function pushBack(actor: Actor, raw: unknown): Promise<Result<{ ticket: number }>> {
  return commit(actor, { act: "ticket.write", input: driftInput, work }, raw);
}

async function work(tx: Tx, asked: DriftAsked, context: Context): Promise<Result<Change<{ ticket: number }>>> {
  const found = await differing(tx, asked);
  if (!found.ok) return found;
  const { ticket, theirs, there, drift, priorities } = found.value;
  const { field } = asked;
  if (!DRIFT_RULES[field].pushed || !isChangedFromHere(ticket.destination)) return refuse("illegal", `${DRIFT_LABELS[field]}: it is not changed from here.`, { next: "Change it over there, or record the difference.", allowed: DRIFT_RULES[field].accepted ? ["accept", "record"] : ["record"] });
  const deliveries = deliveriesOf(ticket, "update", { fields: [field], pushes: true, ...(field === "labels" ? { theirs: peoplesLabels(there.labels ?? [], priorities) } : {}) });
  if (deliveries.length === 0) return refuse("conflict", "It does not stand over there.", { next: "Link the ticket to another issue first." });

  const entry = ticketTrail(ticket, "ticket.drift_pushed", { before: { [field]: theirs }, after: { field, drift }, note: asked.note ?? null });
  return ok({
    trail: [entry], jobs: deliveryJobs(deliveries),
    write: async (within) => {
      await writeTicketMoves(within, asked.environment, { moves: [{ ticket, entries: [entry], after: ticket, renews: true }], skipped: [], findings: [] }, context);
      await writeDrift(within, ticket.id, { external: there, drift });
      await enqueueDelivery(within, asked.environment, deliveries);
      return { ticket: ticket.number };
    },
  });
}
