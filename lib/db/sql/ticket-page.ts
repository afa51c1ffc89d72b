import { z } from "zod";
import { sql, trustedSql, type Db, type Sql } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { every, named } from "@/lib/db/sql/matching";
import { found, ofFindings, ticketWords, wordsOf, type TicketWords } from "@/lib/db/sql/ticket-search";
import { isTallied, talliedTickets } from "@/lib/db/sql/ticket-tally";
import { CLOSE_REASONS, SEVERITIES } from "@/lib/domain/finding/words";
import { DESTINATIONS, PRIORITIES, REMEDIATIONS, SYNCS, TICKET_STATES, type TicketTab } from "@/lib/domain/ticket/words";
import type { TicketFilter, TicketSort } from "@/lib/domain/views/tickets";

const text = z.string().nullable();
const date = z.date().nullable();

const stored = z.object({
  id: z.number(), number: z.number(), title: z.string(), state: z.enum(TICKET_STATES), reopenCount: z.number(), closeReason: z.enum(CLOSE_REASONS).nullable(), notes: text,
  severity: z.enum(SEVERITIES), priority: z.enum(PRIORITIES), remediation: z.enum(REMEDIATIONS), attempts: z.number(), findingCount: z.number(), findings: z.array(z.number()),
  autoRetest: z.boolean().nullable(), assignee: text, assigneeName: text, team: text, cc: z.array(z.string()), labels: z.array(z.string()), dueOn: date, retestAt: date, followUpOn: date,
  destination: z.enum(DESTINATIONS), connector: text, externalKey: text, externalUrl: text, externalStatus: text, externalDone: z.boolean(), sync: z.enum(SYNCS),
  drift: z.array(z.string()), proposal: text, createdAt: z.date(), updatedAt: z.date(), closedAt: date, version: z.number(), key: z.string(),
});
export type StoredTicket = z.output<typeof stored>;

/** The columns of a row of the list, read from `ticket t`: how many finding numbers a list shows is bounded, all of them are a ticket's own. */
export const ticketColumns = (most: number): Sql => sql`t.id, t.number, t.title, t.state, t.reopen_count AS "reopenCount", t.close_reason AS "closeReason", t.notes, t.severity, t.priority, t.remediation, t.attempts,
  t.finding_count AS "findingCount", t.due_on AS "dueOn", t.retest_at AS "retestAt", t.follow_up_on AS "followUpOn", t.destination, c.name AS connector, p.email AS assignee,
  p.name AS "assigneeName", t.team, t.cc, t.labels, t.external_key AS "externalKey", t.external_url AS "externalUrl", t.external->>'status' AS "externalStatus",
  t.external_done AS "externalDone", t.sync, t.drift, t.proposal, t.created_at AS "createdAt", t.updated_at AS "updatedAt", t.closed_at AS "closedAt", t.version, l.*
  FROM ticket t LEFT JOIN person p ON p.id = t.assignee_id LEFT JOIN connector c ON c.id = t.connector_id
  CROSS JOIN LATERAL (SELECT coalesce(array_agg(x.number ORDER BY x.number), '{}') AS findings, bool_and(x.auto_retest) AS "autoRetest" FROM (
    SELECT f.number, tf.auto_retest FROM ticket_finding tf JOIN finding f ON f.id = tf.finding_id WHERE tf.ticket_id = t.id AND tf.unlinked_at IS NULL
    ORDER BY tf.finding_id LIMIT ${most}) x) l`;

/** What each tab asks; the words of the partial indexes, so that they serve it. */
const TABS: Record<TicketTab, Sql> = {
  open: sql`t.state = 'open'`,
  reopened: sql`t.state = 'open' AND t.reopen_count > 0`,
  done_there: sql`t.state = 'open' AND t.external_done AND t.needs_attention`, // whatever is done there needs attention
  attention: sql`t.needs_attention`,
  closed: sql`t.state = 'closed'`,
  all: sql`TRUE`,
};

/** Each order, the text of its key in a cursor, and where the page after a row begins. The order ends in the id. */
const ORDERS: Record<TicketSort, { by: Sql; key: Sql; beyond: (after: TicketCursor) => Sql }> = {
  severity: { by: sql`t.severity, t.id`, key: sql`t.severity::text`, beyond: ([, key, id]) => sql`(t.severity, t.id) > (${key}::severity, ${id}::int)` },
  updated: { by: sql`t.updated_at DESC, t.id DESC`, key: sql`t.updated_at::text`, beyond: ([, key, id]) => sql`(t.updated_at, t.id) < (${key}::timestamptz, ${id}::int)` },
  created: { by: sql`t.id DESC`, key: sql`''`, beyond: ([, , id]) => sql`t.id < ${id}::int` },
};

const oneOf = (column: string, values: readonly string[], type: string): Sql[] => (values.length === 0 ? [] : [sql`${trustedSql(column)} = ANY(${[...values]}::${trustedSql(type)}[])`]);

function ofPerson(who: string | null, personId: number | null): Sql[] {
  if (who === null) return [];
  if (who === "none") return [sql`t.assignee_id IS NULL`];
  if (who === "me") return [personId === null ? sql`FALSE` : sql`t.assignee_id = ${personId}`];
  return [sql`(t.assignee_id = ANY(ARRAY(SELECT id FROM person WHERE ${named("email", [who.toLowerCase()])} OR ${named("lower(name)", [who.toLowerCase()])})) OR lower(t.team) = ${who.toLowerCase()})`];
}

/** Who asks, and what is known of the words of the search. */
export type TicketAsking = { environment: number; personId: number | null; words?: TicketWords };
type Narrowing = Omit<TicketFilter, "tab" | "sort" | "cursor">;

/** Looks up the words of a search, once for its page and its count. */
export async function withTicketWords(db: Db, { search }: Pick<Narrowing, "search">, asking: TicketAsking): Promise<TicketAsking> {
  return asking.words ? asking : { ...asking, words: await ticketWords(db, search, asking.environment) };
}

/** What a filter asks of a ticket `t` beside its tab. */
function narrowing(filter: Narrowing, { environment, personId, words = new Map() }: TicketAsking, isOnTheWay: boolean): Sql[] {
  return [
    ...oneOf("t.severity", filter.severity, "severity"), ...oneOf("t.priority", filter.priority, "ticket_priority"), ...oneOf("t.remediation", filter.remediation, "remediation_status"),
    ...oneOf("t.destination", filter.destination, "destination"), ...ofPerson(filter.assignee, personId),
    ...(filter.finding === null ? [] : [ofFindings(sql`f.number = ${filter.finding}`, environment)]),
    ...wordsOf(filter.search).map((word) => found(word, words, environment, isOnTheWay)),
  ];
}

const cursorShape = z.tuple([z.enum(["severity", "updated", "created"]), z.string().max(60), z.number().int().min(0)]);
export type TicketCursor = z.output<typeof cursorShape>;

/** Reads the cursor of a list of tickets in this order; null when it is none. */
export function readTicketCursor(cursor: string, sort: TicketSort): TicketCursor | null {
  try {
    const read = cursorShape.safeParse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"))).data;
    const isSound = read && read[0] === sort && (sort !== "severity" || SEVERITIES.some((each) => each === read[1])) && (sort !== "updated" || !Number.isNaN(Date.parse(read[1])));
    return isSound ? read : null;
  } catch {
    return null;
  }
}

/** The statement of one page: ids and keys first, off an index, then the names of those few rows. Exported for its plan. */
export function ticketPageSql(filter: TicketFilter, asking: TicketAsking, from: readonly Sql[], limit: number, mostFindings = 5): Sql {
  const { by, key } = ORDERS[filter.sort];
  const where = every([sql`t.environment_id = ${asking.environment}`, TABS[filter.tab], ...narrowing(filter, asking, true), ...from]);
  return sql`WITH page AS MATERIALIZED (SELECT t.id, ${key} AS key FROM ticket t WHERE ${where} ORDER BY ${by} LIMIT ${limit})
    SELECT page.key, ${ticketColumns(mostFindings)} JOIN page ON page.id = t.id ORDER BY ${by}`;
}

const holdsNothing = ({ words }: TicketAsking): boolean => [...(words?.values() ?? [])].some((known) => known.length === 0);

/** Where in the order the matching ones can lie, as far as tally and words tell; null: there is none. */
async function bounds(db: Db, filter: TicketFilter, asking: TicketAsking): Promise<readonly Sql[] | null> {
  if (holdsNothing(asking)) return null;
  const asked = narrowing(filter, asking, true);
  if (asked.length === 0 || !isTallied(filter)) return [];
  const groups = await talliedTickets(db, asking.environment, [TABS[filter.tab], ...asked]);
  const [first, last] = [groups[0], groups.at(-1)];
  if (!first || !last) return null;
  return filter.sort === "severity" ? [sql`t.severity >= ${first.severity}::severity AND t.severity <= ${last.severity}::severity`] : [];
}

/** One page of tickets, each with so many numbers of its findings; `next` is the cursor of the page after it. */
export async function ticketPage(db: Db, filter: TicketFilter, asked: TicketAsking, after: TicketCursor | null, limit: number, mostFindings = 5): Promise<{ rows: StoredTicket[]; next: string | null }> {
  const asking = await withTicketWords(db, filter, asked);
  const within = await bounds(db, filter, asking);
  if (within === null) return { rows: [], next: null };
  const from = [...within, ...(after === null ? [] : [ORDERS[filter.sort].beyond(after)])];
  const all = await rows(db, stored, ticketPageSql(filter, asking, from, limit + 1, mostFindings));
  const shown = all.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: all.length > limit && last ? Buffer.from(JSON.stringify([filter.sort, last.key, last.id])).toString("base64url") : null };
}

/** How many match, exactly: off the tally where it holds all that is asked. Null: nothing narrows the tab, so its count is the answer. */
export async function ticketTotal(db: Db, filter: TicketFilter, asked: TicketAsking): Promise<number | null> {
  const asking = await withTicketWords(db, filter, asked);
  if (holdsNothing(asking)) return 0;
  const conditions = narrowing(filter, asking, false);
  if (conditions.length === 0) return null;
  if (isTallied(filter)) return (await talliedTickets(db, asking.environment, [TABS[filter.tab], ...conditions])).reduce((total, { n }) => total + n, 0);
  const all = await row(db, z.object({ n: count }), sql`SELECT count(*) AS n FROM ticket t WHERE t.environment_id = ${asking.environment} AND ${TABS[filter.tab]} AND ${every(conditions)}`);
  return all?.n ?? 0;
}

/** One ticket as its row, with all its findings. */
export async function ticketRow(db: Db, environment: number, number: number): Promise<StoredTicket | null> {
  return row(db, stored, sql`SELECT '' AS key, ${ticketColumns(1_000)} WHERE t.environment_id = ${environment} AND t.number = ${number}`);
}
