import { ticketNow } from "@/app/api/v1/ticket-after";
import { createTickets } from "@/lib/commands/tickets/create";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";
import { withSite } from "@/lib/doors/site";
import { ok, refuse } from "@/lib/domain/refusal";
import { listTicketRecords } from "@/lib/queries/rest-tickets";

export const GET = endpoint(tickets.listTickets, async ({ actor, params, query: { state, cursor, ...query } }) => {
  const list = await listTicketRecords(actor, { ...query, environment: params.env, tab: state, cursor: cursor ?? null });
  return list.ok ? ok({ ...list.value, items: list.value.items.map(withSite) }) : list;
});

export const POST = endpoint(tickets.createTicket, async ({ actor, params, body: { findings, due_on: dueOn, ...body } }) => {
  const made = await createTickets(actor, { ...body, environment: params.env, items: findings.map((number) => ({ number })), dueOn: dueOn?.toISOString() ?? dueOn, grouping: "one", strict: true });
  if (!made.ok) return made;
  const [ticket] = made.value.tickets;
  return ticket ? ticketNow(actor, params.env, ticket.number) : refuse("conflict", "No ticket was made.");
});
