import { onTickets, ticketAfter } from "@/app/api/v1/ticket-after";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const POST = endpoint(tickets.reopenTicket, async (asked) => ticketAfter(asked, await reopenTickets(asked.actor, { ...asked.body, ...onTickets(asked) })));
