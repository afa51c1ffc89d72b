import { onTicket, ticketAfter } from "@/app/api/v1/ticket-after";
import { acceptDrift } from "@/lib/commands/tickets/accept-drift";
import { pushBack } from "@/lib/commands/tickets/push-back";
import { recordDrift } from "@/lib/commands/tickets/record-drift";
import { endpoint } from "@/lib/doors/endpoint";
import { tickets } from "@/lib/doors/operations/tickets";

const ENDS = { accept: acceptDrift, push: pushBack, record: recordDrift };

export const POST = endpoint(tickets.settleDrift, async (asked) => {
  const { do: end, field, note } = asked.body;
  return ticketAfter(asked, await ENDS[end](asked.actor, { field, note, ...onTicket(asked) }));
});
