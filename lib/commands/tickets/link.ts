import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { openTicketsOf } from "@/lib/db/sql/ticket-lock";
import { refuse, type Result } from "@/lib/domain/refusal";
import { linkFindingsInput } from "@/lib/domain/ticket/input";
import { MAX_TICKET_FINDINGS } from "@/lib/domain/ticket/words";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOfTickets, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { deliveriesOf, ticketTrail } from "@/lib/gate/tickets";
import { holdBoth, openRefusal, ticketStep } from "./steps/relink";

type Asked = z.output<typeof linkFindingsInput>;

/** Puts more findings on an open ticket, `{environment, ticket, version?, findings, insist?, note?}`. One that has an open ticket already is refused unless that is insisted on; the note says why. */
export function linkFindings(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: linkFindingsInput, work }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const { environment } = asked;
  const held = await holdBoth(tx, asked);
  if (!held.ok) return held;
  const { ticket, known } = held.value;
  const refused = openRefusal(ticket);
  if (refused) return refused;

  const linked = ticket.links.filter(({ unlinkedAt }) => unlinkedAt === null);
  const added = known.filter(({ id }) => !linked.some((link) => link.id === id));
  if (added.length === 0) return refuse("conflict", `They are on T-${ticket.number} already.`);
  if (linked.length + added.length > MAX_TICKET_FINDINGS) return refuse("too_large", `A ticket carries at most ${MAX_TICKET_FINDINGS} findings.`);
  const taken = await openTicketsOf(tx, added.map(({ id }) => id), [ticket.id]);
  const rival = added.find(({ id }) => taken.has(id));
  if (rival && !asked.insist) return refuse("conflict", `F-${rival.state.number} has an open ticket already: T-${taken.get(rival.id)}.`, { next: "Merge the two, or insist." });

  const numbers = added.map(({ state }) => state.number);
  const entry = ticketTrail(ticket, "ticket.linked", { before: { findings: linked.map(({ number }) => number) }, after: { findings: [...linked.map(({ number }) => number), ...numbers], linked: numbers }, note: asked.note ?? null });
  const adds = added.map(({ id }) => ({ ticket: ticket.number, id, insisted: taken.has(id) }));
  const move = { ticket, entries: [entry], after: ticket, adds, deliveries: deliveriesOf(ticket, "update", { fields: ["findings"] }), renews: true };
  return changeOfTickets(environment, { moves: [move], skipped: [], findings: added.map((finding) => ticketStep(finding, "finding.ticketed", { ticket: ticket.number }, asked.note ?? null)) }, context);
}
