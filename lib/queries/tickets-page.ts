import { z } from "zod";
import { readTicketCursor, ticketPage, ticketTotal, withTicketWords } from "@/lib/db/sql/ticket-page";
import { ticketCounts } from "@/lib/db/sql/ticket-tally";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { ticketFilter } from "@/lib/domain/ticket/filter";
import type { TicketsPage } from "@/lib/domain/views/tickets";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { destinationChoices, ticketView } from "@/lib/queries/ticket-row";
import { environmentOf, membersOf, meOf } from "@/lib/queries/who";

const PAGE = 50;

/** Tickets by tab and filter, a page of 50, with exact counts of all tabs: `{environment, tab, search, sort, severity, …, cursor}`. */
export function loadTickets(actor: Actor, raw: unknown): Promise<Result<TicketsPage>> {
  return read(actor, {
    act: "ticket.read",
    input: ticketFilter.extend({ environment: z.number().int().positive() }),
    load: async (db, { environment: where, ...filter }, { now }) => {
      const after = filter.cursor === null ? null : readTicketCursor(filter.cursor, filter.sort);
      if (filter.cursor !== null && after === null) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);
      const asking = await withTicketWords(db, filter, { environment: where, personId: actor.personId });
      const [environment, people, connectors, counts, page, total] = await Promise.all([
        environmentOf(db, where), membersOf(db, where), destinationChoices(db, where, now), ticketCounts(db, where), ticketPage(db, filter, asking, after, PAGE), ticketTotal(db, filter, asking),
      ]);
      if (!environment) return refuse("missing", `There is no environment ${where}.`);
      return ok({
        environment, me: meOf(actor, where), now: now.toISOString(), people, connectors, filter, counts, rows: page.rows.map(ticketView), nextCursor: page.next,
        total: total ?? counts[filter.tab],
      });
    },
  }, raw);
}
