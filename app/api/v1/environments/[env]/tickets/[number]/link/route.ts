import { onTicket, ticketAfter } from "@/app/api/v1/ticket-after";
import { linkFindings } from "@/lib/commands/tickets/link";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const POST = endpoint(tickets.linkToTicket, async (asked) => ticketAfter(asked, await linkFindings(asked.actor, { ...asked.body, ...onTicket(asked) })));
