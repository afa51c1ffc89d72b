import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { ok, type Result } from "@/lib/domain/refusal";
import { editTicketInput } from "@/lib/domain/ticket/input";
import { namedFollowUp } from "@/lib/domain/ticket/lifecycle";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context, type TrailEntry } from "@/lib/gate/commit";
import { assigneeOf } from "@/lib/gate/members";
import { changeOfTickets, type TicketsOutcome } from "@/lib/gate/ticket-moves";
import { deliveriesOf, openTicket, ticketTrail, type HeldTicket } from "@/lib/gate/tickets";

type Asked = z.output<typeof editTicketInput>;

/**
 * Changes what people say of a ticket, `{environment, number, version?, title?, description?, assignee?, team?, cc?, priority?, labels?, dueOn?, followUpOn?}`;
 * what is not named stays. The severity is the findings' and cannot be named; the follow-up is a closed ticket's, whose vendor was told. Where it stands in a
 * tracker, the changed fields go there, but for the follow-up: that day is ours.
 */
export function editTicket(actor: Actor, raw: unknown): Promise<Result<TicketsOutcome>> {
  return commit(actor, { act: "ticket.write", input: editTicketInput, work }, raw);
}

const FIELDS = ["title", "description", "team", "cc", "priority", "labels", "dueOn", "followUpOn"] as const;
/** What no tracker is told. */
const OURS = ["follow_up_on"];

/** The fields in the words of the log. */
function logged(ticket: Pick<HeldTicket, (typeof FIELDS)[number]>): Record<string, unknown> {
  const { title, description, team, cc, priority, labels, dueOn, followUpOn } = ticket;
  return { title, description, team, cc, priority, labels, due_on: dueOn?.toISOString() ?? null, follow_up_on: followUpOn?.toISOString() ?? null };
}

async function work(tx: Tx, asked: Asked, context: Context): Promise<Result<Change<TicketsOutcome>>> {
  const held = await openTicket(tx, asked.environment, asked);
  if (!held.ok) return held;
  const to = await assigneeOf(tx, asked.environment, asked.assignee, "assignee");
  if (!to.ok) return to;

  const ticket = held.value;
  const named = namedFollowUp(ticket, asked.followUpOn ?? null, context.now);
  if (!named.ok) return named;
  const said = Object.fromEntries(FIELDS.flatMap((field) => (asked[field] === undefined ? [] : [[field, field === "team" ? asked.team || null : asked[field]]])));
  const after: HeldTicket = { ...ticket, ...said, assigneeId: to.value === undefined ? ticket.assigneeId : (to.value?.id ?? null) };
  const [was, is] = [logged(ticket), logged(after)];
  const changed = Object.keys(is).filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const isAssigned = after.assigneeId !== ticket.assigneeId;
  if (changed.length === 0 && !isAssigned) return ok({ unchanged: { actionId: null, changed: [], skipped: [], findings: [] } });

  const only = (of: Record<string, unknown>) => Object.fromEntries(changed.map((name) => [name, of[name]]));
  const entries: TrailEntry[] = [
    ...(changed.length > 0 ? [ticketTrail(ticket, "ticket.changed", { before: only(was), after: only(is) })] : []),
    ...(isAssigned ? [ticketTrail(ticket, "ticket.assigned", { before: { assignee: ticket.assigneeName, assignee_id: ticket.assigneeId }, after: { assignee: to.value?.name ?? null, assignee_id: after.assigneeId } })] : []),
  ];
  const told = [...changed.filter((name) => !OURS.includes(name)), ...(isAssigned ? ["assignee"] : [])];
  const deliveries = told.length > 0 ? deliveriesOf(ticket, "update", { fields: told }) : [];
  return changeOfTickets(asked.environment, { moves: [{ ticket, entries, after, deliveries, renews: true }], skipped: [], findings: [] }, context);
}
