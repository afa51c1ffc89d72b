import { onTicket, ticketAfter } from "@/app/api/v1/ticket-after";
import { sendAnew } from "@/lib/commands/deliveries/send-anew";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const POST = endpoint(tickets.sendTicketAnew, async (asked) => ticketAfter(asked, await sendAnew(asked.actor, { ...asked.body, ...onTicket(asked) })));
