import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf, type PolicyInForce } from "@/lib/db/policy";
import { openTicketsOf } from "@/lib/db/sql/ticket-lock";
import { flagForReview } from "@/lib/domain/finding/amend";
import { oneStep, type Known, type Move } from "@/lib/domain/finding/move";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { moveTrack } from "@/lib/domain/remediation/track";
import { storable } from "@/lib/domain/storable";
import { reopenTicketsInput } from "@/lib/domain/ticket/input";
import { reopenTicket } from "@/lib/domain/ticket/lifecycle";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOfTickets, fileTicket, lockFindingsOf, refusalOfTickets, type TicketBatch, type TicketMove, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { deliveriesOf, openTickets, severityAnew, ticketTrail, type HeldTicket } from "@/lib/gate/tickets";

type Asked = z.output<typeof reopenTicketsInput>;

/**
 * Opens closed tickets again, `{environment, items, reason, insist?, strict?}`: open, and counted. Findings of theirs that were acknowledged are
 * flagged for re-review, their decisions stand. One that has another open ticket meanwhile stands in the way unless that is insisted on.
 */
export function reopenTickets(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: reopenTicketsInput, work, timeout: 120_000 }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const { environment } = asked;
  const known = await lockFindingsOf(tx, environment, asked.items.map(({ number }) => number));
  const [desk, { tickets: policy }] = [await openTickets(tx, environment, asked.items), await policyOf(tx, environment)];
  const elsewhere = await openTicketsOf(tx, known.map(({ id }) => id), desk.known.map(({ id }) => id));

  const batch: TicketBatch = { moves: [], skipped: [...desk.skipped], findings: [] };
  const taken = new Map(elsewhere);
  for (const ticket of desk.known) {
    const move = reopened(ticket, asked, { now: context.now, actor: context.actor, policy, taken });
    fileTicket(batch, ticket, move);
    if (!move.ok) continue;
    for (const { id } of move.value.links ?? []) taken.set(id, ticket.number);
  }
  batch.findings = flagged(known, batch.moves, asked.reason);

  const refused = refusalOfTickets(batch, asked.strict);
  if (refused) return refused;

  return changeOfTickets(environment, batch, context);
}

type Beside = { now: Date; actor: Actor; policy: PolicyInForce["tickets"]; taken: ReadonlyMap<number, number> };

function reopened(ticket: HeldTicket, asked: Asked, { now, actor, policy, taken }: Beside): Result<TicketMove> {
  const standing = reopenTicket(ticket, asked.reason);
  if (!standing.ok) return standing;
  if (ticket.mergedInto !== null) return refuse("conflict", `T-${ticket.number} was merged into T-${ticket.mergedInto}: its findings are there.`, { next: `Reopen T-${ticket.mergedInto} instead.` });
  const linked = ticket.links.filter(({ unlinkedAt }) => unlinkedAt === null);
  const rival = linked.find(({ id }) => taken.has(id));
  if (rival && !asked.insist) return refuse("conflict", `F-${rival.number} has an open ticket already: T-${taken.get(rival.id)}.`, { next: "Work there, or insist." });

  const links = linked.map((link) => ({
    ...link, ...(moveTrack(link, { to: "reopened", cause: "reopening", by: "person", now }, policy) ?? {}), ticket: ticket.id, isOpen: true, insisted: link.insisted || taken.has(link.id),
  }));
  const { reopenCount } = standing.value;
  const text = `${actor.name} reopened T-${ticket.number} in Docket: ${asked.reason}`;
  const after = { state: "open", reopen_count: reopenCount, close_reason: null, findings: links.map(({ number }) => number) };
  return ok({
    ticket, links, after: { ...ticket, ...standing.value }, renews: true, deliveries: [...deliveriesOf(ticket, "reopen", { text, reason: asked.reason }), ...severityAnew(ticket)],
    entries: [ticketTrail(ticket, "ticket.reopened", { before: { state: "closed", close_reason: ticket.closeReason, notes: ticket.notes }, after, reason: asked.reason })],
  });
}

/** Findings whose disposition was recorded are to be looked at again, and say why. */
function flagged(known: readonly Known[], moves: readonly TicketMove[], reason: string): Move[] {
  return known.flatMap((finding) => {
    const by = moves.find(({ links }) => links?.some(({ id }) => id === finding.id));
    if (!by || finding.state.acknowledgedAt === null) return [];
    const why = storable(`T-${by.ticket.number} was reopened: ${reason}`, 500);
    const move = oneStep(finding, flagForReview(finding.state, why), { action: "finding.re_review_flagged", reason: why, details: { ticket: by.ticket.number } });
    return move.ok ? [move.value] : [];
  });
}
