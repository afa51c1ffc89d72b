import { ticketAfter } from "@/app/api/v1/ticket-after";
import { mergeTickets } from "@/lib/commands/tickets/merge";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const POST = endpoint(tickets.mergeTickets, async (asked) => {
  const { version, from, note } = asked.body;
  return ticketAfter(asked, await mergeTickets(asked.actor, { from, note, into: asked.params.number, environment: asked.params.env, version: version ?? asked.version }));
});
