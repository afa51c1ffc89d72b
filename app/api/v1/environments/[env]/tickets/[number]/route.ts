import { ticketAfter, ticketNow } from "@/app/api/v1/ticket-after";
import { editTicket } from "@/lib/commands/tickets/edit";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const GET = endpoint(tickets.getTicket, ({ actor, params }) => ticketNow(actor, params.env, params.number));

export const PATCH = endpoint(tickets.editTicket, async (asked) => {
  const { due_on: dueOn, follow_up_on: followUpOn, version, ...body } = asked.body;
  return ticketAfter(asked, await editTicket(asked.actor, { ...body, dueOn: dueOn?.toISOString() ?? dueOn, followUpOn: followUpOn?.toISOString() ?? followUpOn, environment: asked.params.env, number: asked.params.number, version: version ?? asked.version }));
});
