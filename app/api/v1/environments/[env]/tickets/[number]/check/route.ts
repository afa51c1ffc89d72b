import { onTicket, ticketAfter } from "@/app/api/v1/ticket-after";
import { tickCheck } from "@/lib/commands/tickets/tick-check";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const POST = endpoint(tickets.checkTicket, async (asked) => ticketAfter(asked, await tickCheck(asked.actor, { ...asked.body, ...onTicket(asked) })));
