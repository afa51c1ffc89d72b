import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import type { Result } from "@/lib/domain/refusal";
import { unlinkFindingsInput } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOfTickets, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { deliveriesOf, ticketTrail } from "@/lib/gate/tickets";
import { holdBoth, openRefusal, partOf, ticketStep } from "./steps/relink";

type Asked = z.output<typeof unlinkFindingsInput>;

/** Takes findings off a ticket, `{environment, ticket, version?, findings, note?}`. Both sides keep that they belonged together; the last one stays. Refuses a closed ticket: what it closed as fixed waits for its proof. */
export function unlinkFindings(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: unlinkFindingsInput, work }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const { environment } = asked;
  const held = await holdBoth(tx, asked);
  if (!held.ok) return held;
  const { ticket, known } = held.value;
  const refused = openRefusal(ticket);
  if (refused) return refused;
  const parted = partOf(ticket, known, "Close the ticket instead.");
  if (!parted.ok) return parted;

  const [all, numbers] = [ticket.links.filter(({ unlinkedAt }) => unlinkedAt === null).map(({ number }) => number), parted.value.map(({ number }) => number)];
  const entry = ticketTrail(ticket, "ticket.unlinked", { before: { findings: all }, after: { findings: all.filter((number) => !numbers.includes(number)), unlinked: numbers }, note: asked.note ?? null });
  const move = { ticket, entries: [entry], after: ticket, ends: parted.value.map(({ id }) => id), deliveries: deliveriesOf(ticket, "update", { fields: ["findings"] }), renews: true };
  return changeOfTickets(environment, { moves: [move], skipped: [], findings: known.map((finding) => ticketStep(finding, "finding.unticketed", { ticket: ticket.number }, asked.note ?? null)) }, context);
}
