import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { refuse, type Result } from "@/lib/domain/refusal";
import { dismissProposalInput } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOfTickets, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { openTicket, ticketTrail } from "@/lib/gate/tickets";

type Asked = z.output<typeof dismissProposalInput>;

/** A ticket stays closed although reopening it was proposed: `{environment, ticket, version?, note}`, the note says why. */
export function dismissProposal(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: dismissProposalInput, work }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const held = await openTicket(tx, asked.environment, { number: asked.ticket, version: asked.version });
  if (!held.ok) return held;
  const ticket = held.value;
  if (ticket.proposal === null) return refuse("conflict", `Nobody proposes to reopen T-${ticket.number}.`);

  const entry = ticketTrail(ticket, "ticket.proposal_dismissed", { before: { proposal: ticket.proposal }, after: { proposal: null }, note: asked.note });
  return changeOfTickets(asked.environment, { moves: [{ ticket, entries: [entry], after: { ...ticket, proposal: null } }], skipped: [], findings: [] }, context);
}
