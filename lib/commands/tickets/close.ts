import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import type { Result } from "@/lib/domain/refusal";
import { closeTicketsInput } from "@/lib/domain/ticket/input";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { changeOfTickets, fileTicket, refusalOfTickets, type TicketBatch, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { openTickets } from "@/lib/gate/tickets";
import { closedTicket } from "./steps/close-one";

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
  for (const ticket of desk.known) fileTicket(batch, ticket, closedTicket(ticket, asked, context, policy));

  const refused = refusalOfTickets(batch, asked.strict);
  if (refused) return refused;

  return changeOfTickets(asked.environment, batch, context);
}
