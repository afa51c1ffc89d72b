import fs from "node:fs";
import pg from "pg";
import { answering } from "@/lib/bench/answering";
import { beside, besideSql, plain, timesOfList } from "@/lib/bench/beside";
import { filterCases, searchCases, sortCases, type Case } from "@/lib/bench/queue-cases";
import { askedOfQueue, type QueueTimes } from "@/lib/bench/spec";
import { prisma, sql, trustedSql } from "@/lib/db/client";
import { BESIDE_FINDING, FINDING_COLUMNS } from "@/lib/db/sql/finding-row";
import { queueCounts } from "@/lib/db/sql/queue-counts";
import { queueAround, queuePage, queueTotal } from "@/lib/db/sql/queue-page";
import type { Asking } from "@/lib/db/sql/queue-where";
import { readFilter } from "@/lib/domain/filter/read";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { needed } from "@/lib/env";

/** A process that asks the queue of its database, turn by turn the application's data layer and SQL written by hand. */
const PAGE = 50;
const asking: Asking = { environment: 1, personId: null, now: new Date(), warnDays: 14 };

function filterOf({ asked }: Case): QueueFilter {
  const { filter, faults } = readFilter(asked, "all");
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return filter;
}

async function pageOf(filter: QueueFilter, cursor: string | null = null): Promise<void> {
  const page = await queuePage(prisma, filter, asking, { limit: PAGE, cursor });
  if (!page.ok) throw new Error(page.refusal.message);
}

const pageSql = ({ tables, where, ordered }: Case) => plain(sql`
  WITH page AS MATERIALIZED (SELECT f.id, row_number() OVER () AS place FROM (SELECT f.id FROM ${trustedSql(tables)} WHERE ${trustedSql(where)} ORDER BY ${trustedSql(`${ordered} LIMIT ${PAGE + 1}`)}) f)
  SELECT ${FINDING_COLUMNS} FROM page JOIN finding f ON f.id = page.id ${BESIDE_FINDING} ORDER BY place`);
const countSql = ({ where }: Case) => plain(sql`SELECT count(*) FROM finding f WHERE ${trustedSql(where)}`);

/** A page so many rows down against the first one: the row there is looked up beforehand. */
async function deep(client: pg.Client, one: Case, rows: number): Promise<QueueTimes["deep"][number] | null> {
  const { rows: [found] } = await client.query<{ number: number }>(`SELECT f.number FROM ${one.tables} WHERE ${one.where} ORDER BY ${one.ordered} OFFSET ${rows} LIMIT 1`);
  if (!found) return null;
  const filter = filterOf(one);
  const around = await queueAround(prisma, filter, asking, found.number, { before: 0, limit: 1 });
  const [application, reference] = await beside(() => pageOf(filter, around?.nextCursor ?? null), () => pageOf(filter));
  return { name: one.name, application, reference };
}

async function main(): Promise<QueueTimes> {
  const { full } = askedOfQueue.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  const client = new pg.Client({ connectionString: needed("DATABASE_URL"), options: "-c jit=off" });
  await client.connect();
  const times = await timesOfList(() => queueCounts(prisma, asking));
  for (const one of [...sortCases(), ...filterCases()]) times.pages.push(await besideSql(client, one, () => pageOf(filterOf(one)), pageSql(one)));
  if (full) {
    for (const one of filterCases()) times.filtered.push(await besideSql(client, one, () => queueTotal(prisma, filterOf(one), asking), countSql(one)));
    for (const one of searchCases()) times.words.push(await besideSql(client, one, () => pageOf(filterOf(one)), pageSql(one)));
    for (const one of searchCases()) times.wordCounts.push(await besideSql(client, one, () => queueTotal(prisma, filterOf(one), asking), countSql(one)));
    for (const one of sortCases()) {
      const found = await deep(client, one, 100_000);
      if (found) times.deep.push(found);
    }
  }
  await client.end();
  return times;
}

answering(main);
