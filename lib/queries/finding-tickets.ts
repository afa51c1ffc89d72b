import type { Db } from "@/lib/db/client";
import { ticketsOfFinding } from "@/lib/db/sql/ticket-detail";
import { CLOSE_REASON_LABELS } from "@/lib/domain/finding/words";
import type { ChainStep } from "@/lib/domain/views/finding";
import type { FindingTicketView } from "@/lib/domain/views/tickets";
import { externalOf } from "@/lib/queries/ticket-row";

/** The tickets that a finding (by id) has, and those that it was parted from, newest first. */
export async function findingTickets(db: Db, environment: number, finding: number): Promise<FindingTicketView[]> {
  const found = await ticketsOfFinding(db, environment, finding);
  return found.map(({ externalKey, externalUrl, externalStatus, externalDone, createdAt, closedAt, ...ticket }) => ({
    ...ticket, external: externalOf({ externalKey, externalUrl, externalStatus, externalDone }), createdAt: createdAt.toISOString(), closedAt: closedAt?.toISOString() ?? null,
  }));
}

/** The two steps of custody that tickets make: the first one that was made, and the closing of all; one that is open is what is missing. */
export function ticketSteps(tickets: readonly Pick<FindingTicketView, "number" | "isLinked" | "createdAt" | "closedAt" | "closeReason">[]): [ChainStep, ChainStep] {
  const linked = tickets.filter(({ isLinked }) => isLinked).toSorted((one, other) => one.number - other.number);
  const [first] = linked;
  if (!first) return [{ step: "ticket_created", at: null, label: null }, { step: "ticket_closed", at: null, label: null }];
  const open = linked.filter(({ closedAt }) => closedAt === null);
  const last = linked.toSorted((one, other) => (one.closedAt ?? "").localeCompare(other.closedAt ?? "")).at(-1);
  const names = (of: typeof linked) => of.map(({ number }) => `T-${number}`).join(", ");
  const isClosed = open.length === 0 && last !== undefined;
  return [
    { step: "ticket_created", at: first.createdAt, label: names(linked) },
    { step: "ticket_closed", at: isClosed ? last.closedAt : null, label: isClosed ? `T-${last.number} ${last.closeReason ? CLOSE_REASON_LABELS[last.closeReason] : ""}`.trim() : `${names(open)} is open` },
  ];
}
