import { z } from "zod";
import { findingsOfTicket, ticketBeside } from "@/lib/db/sql/ticket-detail";
import { readTicketCursor, ticketPage, ticketRow, ticketTotal, withTicketWords, type StoredTicket } from "@/lib/db/sql/ticket-page";
import { ticketCounts } from "@/lib/db/sql/ticket-tally";
import { pageLimit } from "@/lib/domain/filter/input";
import type { TicketDetailRecord, TicketListRecord, TicketRecord } from "@/lib/domain/records/ticket";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { ticketFilter } from "@/lib/domain/ticket/filter";
import { tasksOf } from "@/lib/domain/ticket/tasks";
import { awayOf } from "@/lib/domain/ticket/there";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { driftsOf } from "@/lib/queries/ticket-drifts";

const environment = z.number().int().positive();
const iso = (at: Date | null) => at?.toISOString() ?? null;

/** A ticket as outsiders read it; `url` is its path below the site. */
function recordOf(stored: StoredTicket, where: number): TicketRecord {
  const { number, title, state, notes, findings, team, cc, priority, labels, severity, destination, version, sync, assignee, drift } = stored;
  return {
    ...{ number, title, state, notes, findings, team, cc, priority, labels, severity, destination, version, assignee, drift },
    reopen_count: stored.reopenCount, close_reason: stored.closeReason,
    external: destination === "internal" ? null : { key: stored.externalKey, url: stored.externalUrl, status: stored.externalStatus, sync },
    remediation: { status: stored.remediation, attempts: stored.attempts, auto_retest: stored.autoRetest ?? true, retest_at: iso(stored.retestAt) },
    due_on: iso(stored.dueOn), follow_up_on: iso(stored.followUpOn), created_at: stored.createdAt.toISOString(), closed_at: iso(stored.closedAt), url: `/e/${where}/tickets/${number}`,
  };
}

/** Tickets by filter: `{environment, tab, …, limit, cursor}`. Findings of a row are all it has. */
export function listTicketRecords(actor: Actor, raw: unknown): Promise<Result<TicketListRecord>> {
  return read(actor, {
    act: "ticket.read",
    input: ticketFilter.extend({ environment, limit: pageLimit }),
    load: async (db, { environment: where, limit, ...filter }) => {
      const after = filter.cursor === null ? null : readTicketCursor(filter.cursor, filter.sort);
      if (filter.cursor !== null && after === null) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);
      const asking = await withTicketWords(db, filter, { environment: where, personId: actor.personId });
      const page = await ticketPage(db, filter, asking, after, limit, 1_000);
      const total = after === null ? ((await ticketTotal(db, filter, asking)) ?? (await ticketCounts(db, where))[filter.tab]) : null;
      return ok({ items: page.rows.map((stored) => recordOf(stored, where)), next_cursor: page.next, total });
    },
  }, raw);
}

/** All of one ticket: `{environment, number}`. */
export function getTicketRecord(actor: Actor, raw: unknown): Promise<Result<TicketDetailRecord>> {
  return read(actor, {
    act: "ticket.read",
    input: z.object({ environment, number: z.number().int().positive().max(2_147_483_647) }),
    load: async (db, { environment: where, number }, { now }) => {
      const stored = await ticketRow(db, where, number);
      const beside = stored && (await ticketBeside(db, stored.id));
      if (!stored || !beside) return refuse("missing", `There is no ticket T-${number} here.`);
      const [links, checks] = await Promise.all([findingsOfTicket(db, stored.id), db.ticketCheck.findMany({ where: { ticketId: stored.id }, orderBy: { position: "asc" }, take: 30 })]);
      const linked = links.filter(({ unlinkedAt }) => unlinkedAt === null);
      return ok({
        ...recordOf(stored, where), description: beside.description, reopen_reason: beside.reopenReason, merged_into: beside.mergedInto, split_from: beside.splitFrom, gaps: beside.gaps,
        checklist: checks.map(({ position, label, tickedBy, tickedAt }) => ({ position, label, ticked_by: tickedBy, ticked_at: iso(tickedAt) })),
        unlinked: links.filter(({ unlinkedAt }) => unlinkedAt !== null).map((link) => link.number).toSorted((one, other) => one - other),
        differences: driftsOf(stored, beside.sent, beside.external).map(({ field, ours, sent, theirs }) => ({ field, here: ours, sent, there: theirs })),
        tasks: tasksOf({ ...stored, ...awayOf(beside.external, stored.externalKey), isCalledOff: beside.isCalledOff, findings: linked }, now).map(({ kind, text, findings }) => ({ kind, text, findings: [...findings] })),
      });
    },
  }, raw);
}
