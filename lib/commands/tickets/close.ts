import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf, type PolicyInForce } from "@/lib/db/policy";
import { CLOSE_REASON_LABELS } from "@/lib/domain/finding/words";
import { ok, type Result } from "@/lib/domain/refusal";
import { moveTrack } from "@/lib/domain/remediation/track";
import { closeTicketsInput } from "@/lib/domain/ticket/input";
import { closeTicket, ticketReasonRule } from "@/lib/domain/ticket/lifecycle";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOfTickets, fileTicket, refusalOfTickets, type TicketBatch, type TicketMove, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { deliveriesOf, openTickets, ticketTrail, type HeldTicket } from "@/lib/gate/tickets";

export type { TicketsOutcome } from "@/lib/gate/ticket-moves";

type Asked = z.output<typeof closeTicketsInput>;

/**
 * Closes tickets with a reason, `{environment, items, reason, notes?, justification?, followUpOn?, strict?}`. Their findings are never touched: what
 * was decided about them is recorded at the findings. A fix that shipped begins to wait for its proof.
 */
export function closeTickets(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: closeTicketsInput, work, timeout: 120_000 }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const [desk, { tickets: policy }] = [await openTickets(tx, asked.environment, asked.items), await policyOf(tx, asked.environment)];

  const batch: TicketBatch = { moves: [], skipped: [...desk.skipped], findings: [] };
  for (const ticket of desk.known) fileTicket(batch, ticket, closed(ticket, asked, context, policy));

  const refused = refusalOfTickets(batch, asked.strict);
  if (refused) return refused;

  return changeOfTickets(asked.environment, batch, context);
}

function closed(ticket: HeldTicket, asked: Asked, { now, actor }: Context, policy: PolicyInForce["tickets"]): Result<TicketMove> {
  const standing = closeTicket(ticket, asked, now);
  if (!standing.ok) return standing;
  const { closeReason, notes, followUpOn } = standing.value;
  const { shipped } = ticketReasonRule(asked.reason);
  const links = ticket.links.filter(({ unlinkedAt }) => unlinkedAt === null).map((link) => {
    const fixed = shipped ? moveTrack(link, { to: "resolved", by: "person", now }, policy) : null;
    return { ...link, ...(fixed ?? {}), ticket: ticket.id, isOpen: false };
  });
  const moved = links.filter(({ id, remediation }) => ticket.links.some((link) => link.id === id && link.remediation !== remediation));
  const after = {
    state: "closed", close_reason: closeReason, follow_up_on: followUpOn?.toISOString() ?? null, findings: links.map(({ number }) => number),
    ...(moved.length > 0 ? { remediation: "resolved", retest_at: moved[0]?.retestAt?.toISOString() ?? null } : {}),
  };
  const text = `${actor.name} closed T-${ticket.number} in Docket: ${CLOSE_REASON_LABELS[asked.reason]}.${notes ? `\n\n${notes}` : ""}`;
  return ok({
    ticket, links, after: { ...ticket, ...standing.value }, deliveries: deliveriesOf(ticket, "close", { text, reason: asked.reason, notes }),
    entries: [ticketTrail(ticket, "ticket.closed", { before: { state: "open", ...(moved.length > 0 ? { remediation: ticket.remediation } : {}) }, after, reason: asked.reason, note: notes })],
  });
}
