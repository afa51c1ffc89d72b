import fs from "node:fs";
import pg from "pg";
import { answering } from "@/lib/bench/answering";
import { beside, besideSql, differing, firstColumn, timesOfList } from "@/lib/bench/beside";
import { filterCases, searchCases, sortCases, type Case } from "@/lib/bench/queue-cases";
import { countSql, pageSql, reached, rowsSql, TABS_SQL } from "@/lib/bench/queue-sql";
import { askedOfQueue, type QueueTimes } from "@/lib/bench/spec";
import { prisma } from "@/lib/db/client";
import { queueCounts } from "@/lib/db/sql/queue-counts";
import { queueAround, queuePage, queueTotal } from "@/lib/db/sql/queue-page";
import type { Asking } from "@/lib/db/sql/queue-where";
import { readFilter } from "@/lib/domain/filter/read";
import { TABS } from "@/lib/domain/finding/words";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import { needed } from "@/lib/env";

/** A process that asks the queue of its database, turn by turn the application's data layer and SQL written by hand. */
const PAGE = 50;
/** Rows before the one that a link leads to. */
const BEFORE = 20;
const asking: Asking = { environment: 1, personId: null, now: new Date(), warnDays: 14 };

function filterOf({ asked }: Case): QueueFilter {
  const { filter, faults } = readFilter(asked, "all");
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return filter;
}

async function pageOf(filter: QueueFilter, cursor: string | null = null): Promise<number[]> {
  const page = await queuePage(prisma, filter, asking, { limit: PAGE, cursor });
  if (!page.ok) throw new Error(page.refusal.message);
  return page.value.rows.map(({ id }) => id);
}

const totalOf = async (one: Case) => [await queueTotal(prisma, filterOf(one), asking)];

/** A page so many rows down, the one before it and the one around it, against the first page: the row there is looked up beforehand. */
async function deep(client: pg.Client, one: Case, depth: number, times: QueueTimes): Promise<void> {
  const { name } = one;
  const { rows: found } = await client.query<{ id: number; number: number }>(rowsSql(one, asking.now, depth - PAGE, 2 * PAGE + 1));
  const here = found[PAGE];
  if (!here) {
    times.skipped.push(name);
    return;
  }
  const filter = filterOf(one);
  const around = await queueAround(prisma, filter, asking, here.number, { before: 0, limit: 1 });
  const sides = [
    { list: times.deep, cursor: around?.nextCursor ?? null, expected: found.slice(PAGE + 1) },
    { list: times.up, cursor: around?.previousCursor ?? null, expected: found.slice(0, PAGE) },
  ];
  for (const { list, cursor, expected } of sides) {
    const other = differing(await pageOf(filter, cursor), expected.map(({ id }) => id));
    const [application, reference] = await beside(() => pageOf(filter, cursor), () => pageOf(filter));
    list.push({ name, application, reference, other });
  }
  const jump = () => queueAround(prisma, filter, asking, here.number, { before: BEFORE, limit: BEFORE + PAGE });
  const landed = await jump();
  const other = landed?.position === depth ? differing(landed.rows.map(({ id }) => id), found.slice(PAGE - BEFORE, 2 * PAGE).map(({ id }) => id)) : PAGE;
  const [application, reference] = await beside(jump, () => pageOf(filter));
  times.jumps.push({ name, application, reference, other });
}

/** Refuses to begin where no order can be so deep: a line that nothing was measured for must not look kept. */
async function mustBeDeep(client: pg.Client, depth: number): Promise<void> {
  const most = Math.max(...(await firstColumn(client, TABS_SQL)));
  if (most <= depth + PAGE) throw new Error(`No tab holds ${depth} rows and a page more, the largest has ${most}: take a larger --base, or say --depth.`);
}

async function main(): Promise<QueueTimes> {
  const { full, depth } = askedOfQueue.parse(JSON.parse(fs.readFileSync(0, "utf8")));
  const client = new pg.Client({ connectionString: needed("DATABASE_URL"), options: "-c jit=off" });
  await client.connect();
  if (full) await mustBeDeep(client, depth);
  const times = await timesOfList(client, async () => {
    const { tabs } = await queueCounts(prisma, asking);
    return TABS.map((tab) => tabs[tab]);
  }, TABS_SQL);
  for (const one of [...sortCases(), ...filterCases(["needs_review", "all"])]) {
    const hand = pageSql(await reached(client, one, asking.now, PAGE + 1), asking.now, PAGE + 1);
    times.pages.push(await besideSql(client, one, () => pageOf(filterOf(one)), hand, PAGE));
  }
  if (full) {
    for (const one of filterCases(["needs_review", "closed", "all"])) {
      times.filtered.push(await besideSql(client, one, () => totalOf(one), countSql(one, asking.now)));
      if (one.tab === "all" && (await totalOf(one))[0] === 0) times.empty.push(one.name);
    }
    for (const one of searchCases()) times.words.push(await besideSql(client, one, () => pageOf(filterOf(one)), pageSql(one, asking.now, PAGE + 1), PAGE));
    for (const one of searchCases()) times.wordCounts.push(await besideSql(client, one, () => totalOf(one), countSql(one, asking.now)));
    for (const one of sortCases()) await deep(client, one, depth, times);
  }
  await client.end();
  return times;
}

answering(main);
