import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { tickCheckInput } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOfTickets, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { openTicket, ticketTrail } from "@/lib/gate/tickets";

type Asked = z.output<typeof tickCheckInput>;

/** Ticks a line of a ticket's verification checklist, or takes the tick back: `{environment, ticket, version?, position, ticked}`. Who ticked it is kept. */
export function tickCheck(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: tickCheckInput, work }, raw);
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const held = await openTicket(tx, asked.environment, { number: asked.ticket, version: asked.version });
  if (!held.ok) return held;
  const ticket = held.value;
  const where = { ticketId_position: { ticketId: ticket.id, position: asked.position } };
  const check = await tx.ticketCheck.findUnique({ where });
  if (!check) return refuse("missing", `T-${ticket.number} has no line ${asked.position} on its checklist.`);
  if ((check.tickedAt !== null) === asked.ticked) return ok({ unchanged: { actionId: null, changed: [], skipped: [], findings: [] } });

  const said = (ticked: boolean) => `${ticked ? "\u2611" : "\u2610"} ${check.label}`;
  const entry = ticketTrail(ticket, "ticket.checked", { before: { check: said(!asked.ticked), ticked_by: check.tickedBy }, after: { check: said(asked.ticked), position: asked.position } });
  const change = changeOfTickets(asked.environment, { moves: [{ ticket, entries: [entry], after: ticket }], skipped: [], findings: [] }, context);
  if (!change.ok || !("write" in change.value)) return change;
  const { write, ...rest } = change.value;
  return ok({
    ...rest,
    write: async (within) => {
      await within.ticketCheck.update({ where, data: asked.ticked ? { tickedBy: context.actor.name, tickedAt: context.now } : { tickedBy: null, tickedAt: null } });
      return write(within);
    },
  });
}
