import { isDeepStrictEqual } from "node:util";
import type { Tx } from "@/lib/db/client";
import { lastWords, type Standing } from "@/lib/db/sql/ticket-there";
import { sentOf } from "@/lib/domain/ticket/sent";
import { deliveriesOf, type HeldTicket, type NewDelivery } from "@/lib/gate/tickets";

/** Which of our words changed since the tracker was told them; what it never was told is a difference, and people's to end. The description is compared where it is written. */
function unsaid({ title, priority, severity, labels, assignee, sent }: HeldTicket): string[] {
  const ours = new Map<string, unknown>(Object.entries({ title, priority, severity, labels, assignee }));
  return Object.entries(sentOf(sent)).flatMap(([field, told]) => (ours.has(field) && !isDeepStrictEqual(told, ours.get(field)) ? [field] : []));
}

/** What was changed, closed or opened again here while the issues of these tickets counted as gone, and is told now that they are back. */
export async function saidMeanwhile(tx: Tx, all: readonly { ticket: HeldTicket; next: Pick<Standing, "sync"> }[]): Promise<NewDelivery[]> {
  const back = all.filter(({ ticket, next }) => ticket.sync === "gone" && next.sync === "sent").map(({ ticket }): HeldTicket => ({ ...ticket, sync: "sent" }));
  const words = await lastWords(tx, back.map(({ id }) => id));
  return back.flatMap((ticket) => {
    const last = words.get(ticket.id);
    const isUntold = ticket.closedAt !== null && !(last?.kind === "close" && last.at >= ticket.closedAt);
    return [
      ...deliveriesOf(ticket, "update", { fields: unsaid(ticket) }),
      ...(isUntold ? deliveriesOf(ticket, "close", { reason: ticket.closeReason }) : []),
      ...(ticket.state === "open" && last?.kind === "close" ? deliveriesOf(ticket, "reopen", { reason: ticket.reopenReason }) : []),
    ];
  });
}
