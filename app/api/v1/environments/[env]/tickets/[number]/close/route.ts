import { onTickets, ticketAfter } from "@/app/api/v1/ticket-after";
import { closeTickets } from "@/lib/commands/tickets/close";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const POST = endpoint(tickets.closeTicket, async (asked) => {
  const { follow_up_on: followUpOn, ...body } = asked.body;
  return ticketAfter(asked, await closeTickets(asked.actor, { ...body, followUpOn: followUpOn?.toISOString(), ...onTickets(asked) }));
});
