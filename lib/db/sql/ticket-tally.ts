import { z } from "zod";
import { sql, type Db, type Sql } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { every } from "@/lib/db/sql/matching";
import { SEVERITIES, type Severity } from "@/lib/domain/finding/words";
import { TICKET_STATES, type TicketTab } from "@/lib/domain/ticket/words";
import type { TicketFilter } from "@/lib/domain/views/tickets";

const counted = z.object({ state: z.enum(TICKET_STATES), reopened: z.boolean(), doneThere: z.boolean(), attention: z.boolean(), n: count });
type Counted = z.output<typeof counted>;

/** What each tab holds, of the rows that triggers keep. The same words stand as SQL in the statement of a page. */
const HELD: Record<TicketTab, (of: Counted) => boolean> = {
  open: ({ state }) => state === "open",
  reopened: ({ state, reopened }) => state === "open" && reopened,
  done_there: ({ state, doneThere }) => state === "open" && doneThere,
  attention: ({ attention }) => attention,
  closed: ({ state }) => state === "closed",
  all: () => true,
};

/** How many tickets each tab holds, exactly, off the table that triggers keep. */
export async function ticketCounts(db: Db, environment: number): Promise<Record<TicketTab, number>> {
  const all = await rows(db, counted, sql`SELECT state, reopened, done_there AS "doneThere", attention, sum(n)::bigint AS n FROM ticket_count
    WHERE environment_id = ${environment} GROUP BY 1, 2, 3, 4`);
  const of = (tab: TicketTab) => all.filter(HELD[tab]).reduce((total, { n }) => total + n, 0);
  return { open: of("open"), reopened: of("reopened"), done_there: of("done_there"), attention: of("attention"), closed: of("closed"), all: of("all") };
}

/** Does the tally know all that is asked beside the tab? */
export function isTallied({ search, finding, assignee }: Pick<TicketFilter, "search" | "finding" | "assignee">): boolean {
  return search.trim() === "" && finding === null && (assignee === null || assignee === "none");
}

/** The tally as if it were tickets `t`, each row `n` of them. */
const tallyTable = (environment: number): Sql => sql`(SELECT state, reopened::int AS reopen_count, done_there AS external_done, attention AS needs_attention, severity, priority, remediation,
  destination, CASE WHEN assigned THEN 0 END AS assignee_id, n FROM ticket_tally WHERE environment_id = ${environment}) t`;

const group = z.object({ severity: z.enum(SEVERITIES), n: count });

/** How many match these conditions, worst severity first; severities that hold none are left out. */
export async function talliedTickets(db: Db, environment: number, conditions: readonly Sql[]): Promise<{ severity: Severity; n: number }[]> {
  return rows(db, group, sql`SELECT t.severity, sum(t.n)::bigint AS n FROM ${tallyTable(environment)} WHERE ${every(conditions)} GROUP BY 1 HAVING sum(t.n) > 0 ORDER BY 1`);
}
