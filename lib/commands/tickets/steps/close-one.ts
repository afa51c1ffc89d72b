import type { PolicyInForce } from "@/lib/db/policy";
import { CLOSE_REASON_LABELS, type CloseReason } from "@/lib/domain/finding/words";
import { ok, type Result } from "@/lib/domain/refusal";
import { moveTrack } from "@/lib/domain/remediation/track";
import { closeTicket, ticketReasonRule, type Closing } from "@/lib/domain/ticket/lifecycle";
import type { Context } from "@/lib/gate/commit";
import type { TicketMove } from "@/lib/gate/ticket-moves";
import { deliveriesOf, ticketTrail, type HeldTicket } from "@/lib/gate/tickets";

/**
 * One ticket closed: its standing, its links, of which a fix that shipped begins to wait for its proof, its entry, and what its tracker is told. A tracker
 * that closes it itself is told nothing.
 */
export function closedTicket(ticket: HeldTicket, asked: Closing & { reason: CloseReason }, { now, actor }: Context, policy: PolicyInForce["tickets"]): Result<TicketMove> {
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
    ticket, links, after: { ...ticket, ...standing.value }, deliveries: actor.type === "connector" ? [] : deliveriesOf(ticket, "close", { text, reason: asked.reason, notes }),
    entries: [ticketTrail(ticket, "ticket.closed", { before: { state: "open", ...(moved.length > 0 ? { remediation: ticket.remediation } : {}) }, after, reason: asked.reason, note: notes })],
  });
}
