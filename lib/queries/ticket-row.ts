import type { Db } from "@/lib/db/client";
import { connectorsOf } from "@/lib/db/sql/ticket-facts";
import type { StoredTicket } from "@/lib/db/sql/ticket-page";
import { DESTINATION_LABELS } from "@/lib/domain/ticket/words";
import type { DestinationChoice, TicketRow } from "@/lib/domain/views/tickets";

const iso = (at: Date | null) => at?.toISOString() ?? null;

type External = Pick<StoredTicket, "externalKey" | "externalUrl" | "externalStatus" | "externalDone">;

/** Where it stands over there; null: nowhere yet. */
export function externalOf({ externalKey, externalUrl, externalStatus, externalDone }: External): TicketRow["external"] {
  return externalKey === null ? null : { key: externalKey, url: externalUrl, status: externalStatus, isDone: externalDone };
}

/** A ticket as the screens show it. */
export function ticketView(stored: StoredTicket): TicketRow {
  const { number, title, state, reopenCount, closeReason, severity, priority, remediation, attempts, findingCount, findings, team, destination, connector, sync, drift, proposal, version } = stored;
  return {
    ...{ number, title, state, reopenCount, closeReason, severity, priority, remediation, attempts, findingCount, findings, team, destination, connector, sync, drift, proposal, version },
    assignee: stored.assigneeName, dueOn: iso(stored.dueOn), retestAt: iso(stored.retestAt), followUpOn: iso(stored.followUpOn), external: externalOf(stored),
    createdAt: stored.createdAt.toISOString(), updatedAt: stored.updatedAt.toISOString(), closedAt: iso(stored.closedAt),
  };
}

/** Where a new ticket may go: here first, then the trackers that are switched on; what troubles one is said. */
export async function destinationChoices(db: Db, environment: number, now: Date): Promise<DestinationChoice[]> {
  const found = await connectorsOf(db, environment);
  return [
    { connector: null, destination: "internal", name: DESTINATION_LABELS.internal, trouble: null },
    ...found.filter(({ enabled }) => enabled).map(({ id, kind, name, openUntil, lastError }) => ({
      connector: id, destination: kind, name, trouble: openUntil !== null && openUntil > now ? (lastError ?? "It does not answer: tickets wait until it does.") : null,
    })),
  ];
}
