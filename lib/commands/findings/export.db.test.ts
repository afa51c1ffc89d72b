import { parse } from "csv-parse/sync";
import { z } from "zod";
import { beforeAll, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { queueTotal } from "@/lib/db/sql/queue-page";
import { exportFindings } from "@/lib/commands/findings/export";
import { respond } from "@/lib/commands/findings/respond";
import { findingRecord } from "@/lib/domain/records/finding";
import { readFilter } from "@/lib/domain/filter/read";
import { findingsText, type FindingExport } from "@/lib/domain/finding/sheet-out";
import { exportedRecords } from "@/lib/queries/finding-export";
import { listFindings } from "@/lib/queries/rest-findings";
import { makeCrowd } from "@/lib/testing/crowd";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import type { Actor } from "@/lib/gate/actor";

let environment = 0;
let reader: Actor;

beforeAll(async () => {
  environment = await makeEnvironment();
  await makeCrowd({ environment, size: 640, seed: 5, empty: 0.3 }); // more than one batch
  reader = await makeMember(environment, "viewer");
});

async function exported(filter: Record<string, string>, format: FindingExport): Promise<{ text: string; count: number }> {
  const found = await exportFindings(reader, { environment, filter, format });
  if (!found.ok) throw new Error(found.refusal.message);
  let text = "";
  for await (const piece of findingsText(format, exportedRecords(found.value.batches, { environment, now: found.value.now, site: "https://docket.example.test" }))) text += piece;
  return { text, count: found.value.count };
}

const FILTERS: readonly Record<string, string>[] = [{}, { tab: "closed" }, { tab: "needs_review", severity: "high,critical" }, { q: "-is:kev sql" }, { is: "overdue" }, { tag: "nowhere" }];

test.each(FILTERS)("%j: its count is the rows that it lists, and both are its export", async (asked) => {
  const { filter } = readFilter(asked, "all");
  const total = await queueTotal(prisma, filter, { environment, personId: reader.personId, now: await databaseNow(prisma), warnDays: 14 });
  const listed: number[] = [];
  for (let cursor: string | null = null; ;) {
    const page = await listFindings(reader, { environment, filter: { ...asked, sort: "number" }, limit: 500, cursor });
    if (!page.ok) throw new Error(page.refusal.message);
    listed.push(...page.value.items.map(({ number }) => number));
    cursor = page.value.next_cursor;
    if (cursor === null) break;
  }
  const lines = await exported(asked, "jsonl");
  const records = lines.text.split("\n").filter(Boolean).map((line) => findingRecord.parse(JSON.parse(line)));
  const sheet = z.array(z.looseObject({ number: z.string() })).parse(parse(await exported(asked, "csv").then(({ text }) => text), { columns: true }));
  expect(listed).toHaveLength(total);
  expect(lines.count).toBe(total);
  expect(records.map(({ number }) => number)).toEqual(listed);
  expect(sheet.map(({ number }) => number)).toEqual(listed.map((number) => `F-${number}`));
});

test("what is decided while somebody downloads is not in the file: it is as it stood when it was counted", async () => {
  const found = await exportFindings(reader, { environment, filter: { tab: "needs_review" }, format: "jsonl" });
  if (!found.ok) throw new Error(found.refusal.message);
  const finding = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, tab: "needs_review" }, orderBy: { number: "desc" } });
  const decided = await respond(await makeMember(environment, "analyst"), { environment, items: [{ number: finding.number }], response: "investigating" });
  expect(decided.ok).toBe(true);
  const numbers: number[] = [];
  for await (const batch of found.value.batches) numbers.push(...batch.map(({ number }) => number));
  expect(numbers).toHaveLength(found.value.count);
  expect(numbers).toContain(finding.number);
});

test("the log says who took which findings, and how many; a mistyped filter takes none", async () => {
  const { count } = await exported({ tab: "needs_review", severity: "high" }, "csv");
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, action: "finding.exported" }, orderBy: { sequence: "desc" }, include: { body: true } });
  expect(event).toMatchObject({ personId: reader.personId, body: { after: { tab: "needs_review", filter: "severity:high", format: "csv", findings: count } } });
  expect(await exportFindings(reader, { environment, filter: { sverity: "high" }, format: "csv" })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  expect(await exportFindings(reader, { environment: environment + 1_000, filter: {}, format: "csv" })).toMatchObject({ ok: false, refusal: { code: "missing" } });
});

test("a reader that leaves ends the reading: no connection stays behind", async () => {
  const open = async () => Number((await prisma.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`)[0]?.n);
  const before = await open();
  const found = await exportFindings(reader, { environment, filter: {}, format: "csv" });
  if (!found.ok) throw new Error(found.refusal.message);
  await found.value.batches.next();
  expect(await open()).toBe(before + 1);
  await found.value.batches.return(undefined);
  await expect.poll(open).toBe(before);
});
