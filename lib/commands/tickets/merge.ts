import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import { mergeTicketsInput } from "@/lib/domain/ticket/input";
import { closeTicket } from "@/lib/domain/ticket/lifecycle";
import { MAX_TICKET_FINDINGS, REMEDIATIONS } from "@/lib/domain/ticket/words";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOfTickets, lockFindingsOf, type TicketMove, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { deliveriesOf, openTickets, ticketTrail, type HeldTicket } from "@/lib/gate/tickets";
import { openRefusal, ticketStep } from "./steps/relink";

type Asked = z.output<typeof mergeTicketsInput>;
type Link = HeldTicket["links"][number];

/**
 * Merges open tickets into another, `{environment, into, version?, from, note?}`, `from` by number or with the version that was seen: their findings go there with how far each fix is, and they are closed as
 * duplicates that name it. Where a finding is on both, the worse remediation stands.
 */
export function mergeTickets(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: mergeTicketsInput, work, timeout: 60_000 }, raw);
}

const linkedOf = (ticket: HeldTicket): readonly Link[] => ticket.links.filter(({ unlinkedAt }) => unlinkedAt === null);

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const { environment } = asked;
  const away = [...new Map(asked.from.map((each) => [each.number, each])).values()].filter(({ number }) => number !== asked.into);
  if (away.length === 0) return refuse("conflict", "A ticket is not merged into itself.");
  const known = await lockFindingsOf(tx, environment, [asked.into, ...away.map(({ number }) => number)]);
  const desk = await openTickets(tx, environment, [{ number: asked.into, version: asked.version }, ...away]);
  const [skip] = desk.skipped;
  if (skip) return { ok: false, refusal: skip.refusal };
  const into = desk.known.find(({ number }) => number === asked.into);
  const from = desk.known.filter(({ number }) => number !== asked.into);
  if (!into) return refuse("missing", `There is no ticket T-${asked.into} here.`);
  const refused = [into, ...from].reduce<Refused | null>((found, ticket) => found ?? openRefusal(ticket), null);
  if (refused) return refused;

  const moving = movingOf(into, from);
  if (linkedOf(into).length + moving.added.length > MAX_TICKET_FINDINGS) return refuse("too_large", `A ticket carries at most ${MAX_TICKET_FINDINGS} findings.`);

  const closings = from.map((ticket) => mergedAway(ticket, into, asked.note ?? null, context));
  const closed = closings.flatMap((move) => (move.ok ? [move.value] : []));
  const failed = closings.find((move) => !move.ok);
  if (failed && !failed.ok) return failed;
  const sources = new Map(from.flatMap((ticket) => linkedOf(ticket).map(({ id }) => [id, ticket.number] as const)));
  const findings = known.filter(({ id }) => sources.has(id)).map((finding) => ticketStep(finding, "finding.ticketed", { ticket: into.number, moved_from: sources.get(finding.id) ?? null }));
  return changeOfTickets(environment, { moves: [...closed, receiving(into, from, moving, asked.note ?? null)], skipped: [], findings }, context);
}

type Moving = { added: readonly Link[]; worsened: readonly Link[] };

/** What goes over, each finding once with the worse of its remediations and the most of its failed attempts, and what of the target's own becomes worse by it. */
function movingOf(into: HeldTicket, from: readonly HeldTicket[]): Moving {
  const worst = new Map<number, Link>();
  for (const link of [...linkedOf(into), ...from.flatMap(linkedOf)]) {
    const other = worst.get(link.id);
    const worse = other && REMEDIATIONS.indexOf(other.remediation) <= REMEDIATIONS.indexOf(link.remediation) ? other : link;
    worst.set(link.id, { ...worse, attempts: Math.max(link.attempts, other?.attempts ?? 0), escalatedAt: other?.escalatedAt ?? link.escalatedAt });
  }
  const own = new Map(linkedOf(into).map((link) => [link.id, link]));
  return { added: [...worst.values()].filter(({ id }) => !own.has(id)), worsened: [...worst.values()].filter(({ id, remediation, attempts }) => own.has(id) && (own.get(id)?.remediation !== remediation || own.get(id)?.attempts !== attempts)) };
}

function receiving(into: HeldTicket, from: readonly HeldTicket[], { added, worsened }: Moving, note: string | null): TicketMove {
  const before = linkedOf(into).map(({ number }) => number);
  const entry = ticketTrail(into, "ticket.merged", { before: { findings: before }, after: { findings: [...before, ...added.map(({ number }) => number)], from: from.map(({ number }) => number) }, note });
  return {
    ticket: into, after: into, entries: [entry], renews: true, deliveries: deliveriesOf(into, "update", { fields: ["findings"] }),
    adds: added.map((link) => ({ ...link, ticket: into.number })), links: worsened.map((link) => ({ ...link, ticket: into.id, isOpen: true })),
  };
}

/** A ticket that goes up in another: closed as its duplicate, all its findings parted from it. */
function mergedAway(ticket: HeldTicket, into: HeldTicket, why: string | null, { now, actor }: Context): Result<TicketMove> {
  const notes = `Merged into T-${into.number}.${why ? ` ${why}` : ""}`;
  const standing = closeTicket(ticket, { reason: "duplicate", notes }, now);
  if (!standing.ok) return standing;
  const findings = linkedOf(ticket).map(({ number }) => number);
  return ok({
    ticket, after: { ...ticket, ...standing.value, mergedInto: into.number }, ends: linkedOf(ticket).map(({ id }) => id),
    deliveries: deliveriesOf(ticket, "close", { text: `${actor.name} merged T-${ticket.number} into T-${into.number} in Docket.`, reason: "duplicate", notes }),
    entries: [ticketTrail(ticket, "ticket.closed", { before: { state: "open", findings }, after: { state: "closed", close_reason: "duplicate", merged_into: into.number, findings: [] }, reason: "duplicate", note: notes })],
  });
}
