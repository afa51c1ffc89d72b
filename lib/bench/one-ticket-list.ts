import pg from "pg";
import { answering } from "@/lib/bench/answering";
import { beside, besideSql, differing, plain, timesOfList } from "@/lib/bench/beside";
import type { QueueTimes } from "@/lib/bench/spec";
import { TICKET_TABS, TICKET_TABS_SQL, ticketFilters, ticketSearches, ticketSorts, type TicketCase } from "@/lib/bench/ticket-cases";
import { prisma, sql, trustedSql } from "@/lib/db/client";
import { readTicketCursor, ticketColumns, ticketPage, ticketTotal, type TicketCursor } from "@/lib/db/sql/ticket-page";
import { ticketCounts } from "@/lib/db/sql/ticket-tally";
import { ticketFilter } from "@/lib/domain/ticket/filter";
import { needed } from "@/lib/env";

/** A process that asks the list of tickets of its database, turn by turn the application's data layer and SQL written by hand. */
const PAGE = 50;
const DEEP = 30_000;
const asking = { environment: 1, personId: null };

const filterOf = ({ asked }: TicketCase) => ticketFilter.parse(asked);
const pageOf = async (one: TicketCase, after: TicketCursor | null = null) => (await ticketPage(prisma, filterOf(one), asking, after, PAGE)).rows.map(({ id }) => id);
const totalOf = async (one: TicketCase) => [(await ticketTotal(prisma, filterOf(one), asking)) ?? Number.NaN];

const pageSql = ({ where, ordered }: TicketCase) => plain(sql`
  WITH page AS MATERIALIZED (SELECT t.id FROM ticket t WHERE ${trustedSql(where)} ORDER BY ${trustedSql(`${ordered} LIMIT ${PAGE + 1}`)})
  SELECT ${ticketColumns(5)} JOIN page ON page.id = t.id ORDER BY ${trustedSql(ordered)}`);
const countSql = ({ where }: TicketCase) => plain(sql`SELECT count(*) FROM ticket t WHERE ${trustedSql(where)}`);

/** A page so many rows down against the first one; the row there is looked up beforehand. */
async function deep(client: pg.Client, one: TicketCase): Promise<QueueTimes["deep"]> {
  const filter = filterOf(one);
  const key = { severity: "t.severity::text", updated: "t.updated_at::text", created: "''" }[filter.sort];
  const { rows: [found, ...expected] } = await client.query<{ id: number; key: string }>(`SELECT t.id, ${key} AS key FROM ticket t WHERE ${one.where} ORDER BY ${one.ordered} OFFSET ${DEEP} LIMIT ${PAGE + 1}`);
  const after = found ? readTicketCursor(Buffer.from(JSON.stringify([filter.sort, found.key, found.id])).toString("base64url"), filter.sort) : null;
  if (after === null) return [];
  const other = differing(await pageOf(one, after), expected.map(({ id }) => id));
  const [application, reference] = await beside(() => pageOf(one, after), () => pageOf(one));
  return [{ name: one.name, application, reference, other }];
}

async function main(): Promise<QueueTimes> {
  const client = new pg.Client({ connectionString: needed("DATABASE_URL"), options: "-c jit=off" });
  await client.connect();
  const times = await timesOfList(client, async () => {
    const counts = await ticketCounts(prisma, asking.environment);
    return TICKET_TABS.map((tab) => counts[tab]);
  }, { text: TICKET_TABS_SQL });
  for (const one of [...ticketSorts(), ...ticketFilters()]) times.pages.push(await besideSql(client, one, () => pageOf(one), pageSql(one), PAGE));
  for (const one of ticketFilters()) times.filtered.push(await besideSql(client, one, () => totalOf(one), countSql(one)));
  for (const one of ticketSearches()) times.words.push(await besideSql(client, one, () => pageOf(one), pageSql(one), PAGE));
  for (const one of ticketSearches()) times.wordCounts.push(await besideSql(client, one, () => totalOf(one), countSql(one)));
  for (const one of ticketSorts()) times.deep.push(...(await deep(client, one)));
  await client.end();
  return times;
}

answering(main);
