import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { environmentName, ticketFacts } from "@/lib/db/sql/ticket-facts";
import { takeTicketNumbers } from "@/lib/db/sql/ticket-write";
import type { Result } from "@/lib/domain/refusal";
import { splitTicketInput } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { composed, loggedTicket, type Beside } from "@/lib/gate/ticket-compose";
import { changeOfTickets, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { creationOf, deliveriesOf, HERE, ticketTrail, type HeldTicket } from "@/lib/gate/tickets";
import { holdBoth, openRefusal, partOf, ticketStep } from "./steps/relink";

type Asked = z.output<typeof splitTicketInput>;

/**
 * Makes a ticket of its own of some findings of an open one, `{environment, ticket, version?, findings, title?}`: same destination where it is still
 * in use, people and dates, and how far each fix is goes along. Both tickets and each finding name one another. The new one is the last of `changed`.
 */
export function splitTicket(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: splitTicketInput, work }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const { environment } = asked;
  const held = await holdBoth(tx, asked);
  if (!held.ok) return held;
  const { ticket, known } = held.value;
  const refused = openRefusal(ticket);
  if (refused) return refused;
  const parted = partOf(ticket, known, "Rename the ticket instead.");
  if (!parted.ok) return parted;

  const facts = await ticketFacts(tx, environment, known.map(({ id }) => id));
  const number = await takeTicketNumbers(tx, environment, 1);
  const beside = besideOf(ticket, asked, { name: await environmentName(tx, environment), actionId: context.actionId, insisted: new Set(parted.value.filter(({ insisted }) => insisted).map(({ id }) => id)) });
  const made = { ...composed(number, facts, beside), links: parted.value };

  const numbers = parted.value.map((link) => link.number);
  const left = ticket.links.filter(({ unlinkedAt, number: each }) => unlinkedAt === null && !numbers.includes(each)).map((link) => link.number);
  const move = {
    ticket, after: ticket, ends: parted.value.map(({ id }) => id), deliveries: deliveriesOf(ticket, "update", { fields: ["findings"] }), renews: true,
    entries: [ticketTrail(ticket, "ticket.split", { before: { findings: [...left, ...numbers] }, after: { findings: left, into: number } })],
  };
  return changeOfTickets(environment, {
    moves: [move], skipped: [], findings: known.map((finding) => ticketStep(finding, "finding.ticketed", { ticket: number, moved_from: ticket.number })),
    made: {
      tickets: [made], deliveries: creationOf(made),
      entries: [ticketTrail({ number, version: 0 }, "ticket.created", { after: loggedTicket(made, facts, beside) })],
    },
  }, context);
}

function besideOf(ticket: HeldTicket, asked: Asked, given: Pick<Beside, "name" | "actionId" | "insisted">): Beside {
  const { team, cc, priority, labels, dueOn, destination, connectorId, isUnplugged } = ticket;
  const assignee = ticket.assigneeId === null ? null : { id: ticket.assigneeId, name: ticket.assigneeName ?? "" };
  return {
    ...given, environment: asked.environment, place: isUnplugged ? HERE : { destination, connectorId, name: null }, assignee, owners: new Map(), splitFrom: ticket.number,
    asked: { title: asked.title, team, cc, priority, labels, dueOn, override: null },
  };
}
