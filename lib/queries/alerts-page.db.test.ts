import { beforeAll, expect, test } from "vitest";
import { respond } from "@/lib/commands/findings/respond";
import { prisma } from "@/lib/db/client";
import { readQueue } from "@/lib/domain/views/read-queue";
import { alertsPage } from "@/lib/queries/alerts-page";
import { tabsOfFilter } from "@/lib/queries/modules";
import { done } from "@/lib/testing/done";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

// The rows of a queue never wait for its number where that is dear; what is soon known comes with them.
const MANY = 10_110;
const TAKEN = 100;

let environment = 0;
let ann: Awaited<ReturnType<typeof makeMember>>;

beforeAll(async () => {
  environment = await makeEnvironment();
  const scope = await makeScope(environment);
  for (let made = 0; made < MANY; made += MANY / 5) await makeFindings(scope, MANY / 5);
  ann = await makeMember(environment, "analyst", "Ann");
  done(await respond(ann, { environment, items: Array.from({ length: TAKEN }, (_, at) => ({ number: at + 1 })), response: "investigating" }));
});

const page = async (asked: Record<string, string>, at: number | null = null) => done(await alertsPage(ann, { environment, filter: readQueue(asked), at }));
const under = async (asked: Record<string, string>) => done(await tabsOfFilter(ann, { environment, filter: readQueue(asked) }));

test.each([{ q: "library" }, { q: "-tag:edge -number:5" }])("the first rows of a large tab come without the number that $q leaves, which is there for whoever asks for it then", async (asked) => {
  const shown = await page(asked);
  expect([shown.rows.length, shown.total, shown.shownTabs]).toEqual([50, null, null]);
  expect(await under(asked)).toMatchObject({ needs_review: MANY - TAKEN });
});

test.each([
  ["off the kept counts", { severity: "high" }, MANY - TAKEN],
  ["of a whole tab", {}, MANY - TAKEN],
  ["in a tab that is soon counted", { tab: "investigating", q: "library" }, TAKEN],
  ["where all that match stand on the page", { q: "library number:2000" }, 1],
])("the number comes with the rows %s", async (_why, asked, total) => {
  expect((await page(asked)).total).toBe(total);
});

test("who is led to the end of a queue has its number: so many come before, and these are the last", async () => {
  const shown = await page({ q: "library", sort: "number" }, MANY);
  expect([shown.at, shown.nextCursor, shown.total]).toEqual([MANY, null, MANY - TAKEN]);
  expect((await page({ q: "library", sort: "number" }, 5_000)).total, "in the midst nobody counts").toBeNull();
});

test("a whole tab says one number, on the tab and over its rows: also where somebody decides after its rows were read and before its counts are, and the page ends the queue", async () => {
  const counted = (more: number) => prisma.$executeRaw`UPDATE queue_count SET n = n + ${more}::int WHERE ctid =
    (SELECT ctid FROM queue_count WHERE environment_id = ${environment} AND response = 'investigating' AND n > 0 LIMIT 1)`;
  expect(await counted(1), "one more is counted than its rows show").toBe(1);
  const ended = await page({ tab: "investigating" }, TAKEN);
  await counted(-1);
  expect([ended.nextCursor, ended.offset + ended.rows.length, ended.counts.tabs.investigating, ended.total]).toEqual([null, TAKEN, TAKEN + 1, TAKEN + 1]);
});
