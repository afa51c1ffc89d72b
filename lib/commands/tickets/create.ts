import type { Tx } from "@/lib/db/client";
import { environmentName, ticketFacts, type StoredFacts } from "@/lib/db/sql/ticket-facts";
import { openTicketsOf } from "@/lib/db/sql/ticket-lock";
import { insertTickets, takeTicketNumbers } from "@/lib/db/sql/ticket-write";
import { writeMoves } from "@/lib/db/sql/finding-write";
import type { Skip } from "@/lib/domain/finding/batch";
import { entriesOf, type Known, type Move } from "@/lib/domain/finding/move";
import { peopleState } from "@/lib/domain/finding/outcome";
import type { PeopleState } from "@/lib/domain/finding/state";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { groupsOf } from "@/lib/domain/ticket/grouping";
import { createTicketsInput, type CreateTickets } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { decisionContext, openDesk, type Desk } from "@/lib/gate/findings";
import { composed, leftOut, loggedTicket, ownersOf, type Beside, type LeftOut } from "@/lib/gate/ticket-compose";
import { creationOf, deliveryJobs, enqueueDelivery, placeOf, ticketTrail } from "@/lib/gate/tickets";

/** The tickets that were made, and the findings that have none: why, the open ticket in the way, and whether a note would let it in. */
export type TicketsMade = {
  tickets: readonly { number: number; findings: readonly number[] }[];
  left: readonly LeftOut[];
};

/**
 * Makes tickets of findings, `{environment, items, grouping, connector | destination, …, insist?, override?, strict?}`: whoever does so triages and
 * routes in one act. A finding has one open ticket unless that is insisted on; what is excluded needs an override with a note. The findings stay as
 * they are, but for the first response.
 */
export function createTickets(actor: Actor, raw: unknown): Promise<Result<TicketsMade>> {
  return commit(actor, { act: "ticket.write", input: createTicketsInput, work, timeout: 120_000 }, raw);
}

async function work(tx: Tx, asked: CreateTickets, context: Context): Promise<Result<Change<TicketsMade>>> {
  const { environment } = asked;
  const desk = await openDesk(tx, environment, asked.items, null, asked.strict ? undefined : []);
  const facts = await ticketFacts(tx, environment, desk.known.map(({ id }) => id));
  const place = await placeOf(tx, environment, asked);
  if (!place.ok) return place;
  const owners = await ownersOf(tx, environment, asked.assignee, facts);
  if (!owners.ok) return owners;

  const taken = await openTicketsOf(tx, facts.map(({ id }) => id));
  const left = [...desk.skipped.map(leftAlone), ...facts.flatMap((finding) => leftOut(finding, taken.get(finding.id) ?? null, asked) ?? [])];
  const first = left[0];
  if (asked.strict && first) return refuse(first.code, first.why, { next: first.override ? "Override it with a note." : first.ticket ? `See T-${first.ticket}, or insist.` : "Leave it out." });
  const routed = facts.filter(({ number }) => !left.some((each) => each.number === number));
  if (routed.length === 0) return ok({ unchanged: { tickets: [], left } });

  const groups = groupsOf(routed, asked.grouping);
  const from = await takeTicketNumbers(tx, environment, groups.length);
  const beside = { ...owners.value, environment, name: await environmentName(tx, environment), place: place.value, actionId: context.actionId, asked, insisted: new Set(taken.keys()) };
  return ok(changeOf(desk, groups.map((findings, at) => ({ number: from + at, findings })), left, { beside, context }));
}

function leftAlone({ number, refusal }: Skip): LeftOut {
  return { number, code: refusal.code, why: refusal.message, ticket: null, override: false };
}

type Group = { number: number; findings: readonly StoredFacts[] };

function changeOf(desk: Desk, groups: readonly Group[], left: readonly LeftOut[], { beside, context }: { beside: Beside; context: Context }): Change<TicketsMade> {
  const tickets = groups.map(({ number, findings }) => composed(number, findings, beside));
  const ticketOf = new Map(groups.flatMap(({ number, findings }) => findings.map(({ id }) => [id, number] as const)));
  const moves = desk.known.flatMap((finding) => ticketed(finding, ticketOf.get(finding.id), desk, context) ?? []);
  const made = tickets.map((ticket, at) => ticketTrail({ number: ticket.number, version: 0 }, "ticket.created", { after: loggedTicket(ticket, groups[at]?.findings ?? [], beside), note: beside.asked.override ?? null }));
  const deliveries = tickets.flatMap((ticket) => creationOf(ticket));
  const [head, ...rest]: TrailEntry[] = [...made, ...moves.flatMap((move) => entriesOf(move))];
  const answer = { tickets: groups.map(({ number, findings }) => ({ number, findings: findings.map((each) => each.number) })), left };
  if (!head) return { unchanged: answer };
  return {
    trail: [head, ...rest],
    jobs: deliveryJobs(deliveries),
    write: async (tx) => {
      await insertTickets(tx, beside.environment, tickets, context.actor, context.now);
      await writeMoves(tx, beside.environment, moves, { ...context.actor, actionId: context.actionId, revokes: null });
      await enqueueDelivery(tx, beside.environment, deliveries);
      return answer;
    },
  };
}

/** The finding's own entry: it names its ticket. A ticket made by hand is its route as well, and who routes it has responded. */
function ticketed(finding: Known, ticket: number | undefined, desk: Desk, context: Context): Move | null {
  if (ticket === undefined) return null;
  const isPerson = decisionContext(context, desk.policy).by === "person";
  const after: PeopleState = { ...peopleState(finding.state), route: "ticket", firstResponseAt: finding.state.firstResponseAt ?? (isPerson ? context.now : null) };
  return { finding, after, steps: [{ action: "finding.ticketed", after, fields: ["tickets"], details: { ticket } }] };
}
