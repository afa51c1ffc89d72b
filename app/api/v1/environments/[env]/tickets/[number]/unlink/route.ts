import { onTicket, ticketAfter } from "@/app/api/v1/ticket-after";
import { unlinkFindings } from "@/lib/commands/tickets/unlink";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const POST = endpoint(tickets.unlinkFromTicket, async (asked) => ticketAfter(asked, await unlinkFindings(asked.actor, { ...asked.body, ...onTicket(asked) })));
