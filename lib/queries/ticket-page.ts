import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { deliveriesOfTicket, evidenceOfTicket, findingsOfTicket, ticketBeside, type StoredLink } from "@/lib/db/sql/ticket-detail";
import { ticketRow } from "@/lib/db/sql/ticket-page";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { tasksOf } from "@/lib/domain/ticket/tasks";
import { awayOf } from "@/lib/domain/ticket/there";
import type { TicketDetail, TicketFindingView, TicketPage } from "@/lib/domain/views/tickets";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { driftsOf } from "@/lib/queries/ticket-drifts";
import { destinationChoices, ticketView } from "@/lib/queries/ticket-row";
import { ticketTimeline } from "@/lib/queries/ticket-timeline";
import { environmentOf, membersOf, meOf } from "@/lib/queries/who";

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** A finding of a ticket with how far its fix is, and the newest retest. */
function linkView(link: StoredLink): TicketFindingView {
  const { number, title, asset, severity, scanner, governance, verification, version, remediation, attempts, autoRetest, evidenceCount } = link;
  return {
    ...{ number, title, asset, severity, scanner, governance, verification, version, remediation, attempts, autoRetest, evidenceCount },
    retestAt: iso(link.retestAt), escalatedAt: iso(link.escalatedAt), acknowledgedAt: iso(link.acknowledgedAt),
    retest: link.retestId === null || link.retestStatus === null || link.retestDue === null ? null : {
      id: link.retestId, finding: number, status: link.retestStatus, dueAt: link.retestDue.toISOString(), requestedBy: link.retestBy ?? "", settledBy: link.settledBy, settledAt: iso(link.settledAt),
      note: link.retestNote, scan: link.retestScan,
    },
  };
}

/** All of one ticket; null when there is none of that number. */
export async function ticketDetail(db: Db, environment: number, number: number, now: Date): Promise<TicketDetail | null> {
  const stored = await ticketRow(db, environment, number);
  const beside = stored && (await ticketBeside(db, stored.id));
  if (!stored || !beside) return null;
  const links = await findingsOfTicket(db, stored.id);
  const linked = links.filter(({ unlinkedAt }) => unlinkedAt === null);
  const [evidence, checks, deliveries, timeline] = await Promise.all([
    evidenceOfTicket(db, environment, linked.map(({ id }) => id)),
    db.ticketCheck.findMany({ where: { ticketId: stored.id }, orderBy: { position: "asc" }, take: 30 }),
    deliveriesOfTicket(db, stored.id),
    ticketTimeline(db, environment, number, null),
  ]);
  const { description, reopenReason, createdBy, gaps, mergedInto, splitFrom, payloadHash } = beside;
  const { notes, cc, labels } = stored;
  return {
    ...ticketView(stored), ...{ description, reopenReason, createdBy, gaps, mergedInto, splitFrom, payloadHash, notes, cc, labels }, url: `/e/${environment}/tickets/${number}`,
    linked: linked.map(linkView),
    unlinked: links.flatMap(({ number: finding, title, unlinkedAt }) => (unlinkedAt === null ? [] : [{ number: finding, title, at: unlinkedAt.toISOString() }])),
    checks: checks.map(({ position, label, tickedBy, tickedAt }) => ({ position, label, tickedBy, tickedAt: iso(tickedAt) })),
    evidence: evidence.map(({ at, ...each }) => ({ ...each, at: at.toISOString() })),
    drifts: driftsOf(stored, beside.sent, beside.external),
    tasks: tasksOf({ ...stored, ...awayOf(beside.external, stored.externalKey), isCalledOff: beside.isCalledOff, findings: linked }, now),
    deliveries: deliveries.map(({ dueAt, askedAt, settledAt, ...each }) => ({ ...each, dueAt: dueAt.toISOString(), askedAt: iso(askedAt), settledAt: iso(settledAt) })),
    timeline,
  };
}

/** One ticket on a page of its own: `{environment, number}`. */
export function loadTicket(actor: Actor, raw: unknown): Promise<Result<TicketPage>> {
  return read(actor, {
    act: "ticket.read",
    input: z.object({ environment: z.number().int().positive(), number: z.number().int().positive().max(2_147_483_647) }),
    load: async (db, { environment: where, number }, { now }) => {
      const [environment, people, connectors, { tickets: policy }, ticket] = await Promise.all([
        environmentOf(db, where), membersOf(db, where), destinationChoices(db, where, now), policyOf(db, where), ticketDetail(db, where, number, now),
      ]);
      if (!environment || !ticket) return refuse("missing", `There is no ticket T-${number} here.`);
      return ok({ environment, me: meOf(actor, where), now: now.toISOString(), people, connectors, maxAttempts: policy.maxAttempts, ticket });
    },
  }, raw);
}
