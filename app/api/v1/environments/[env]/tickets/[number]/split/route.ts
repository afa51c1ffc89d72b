import { onTicket, ticketNow } from "@/app/api/v1/ticket-after";
import { splitTicket } from "@/lib/commands/tickets/split";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

export const POST = endpoint(tickets.splitTicket, async (asked) => {
  const split = await splitTicket(asked.actor, { ...asked.body, ...onTicket(asked) });
  return split.ok ? ticketNow(asked.actor, asked.params.env, split.value.changed.at(-1) ?? asked.params.number) : split;
});
