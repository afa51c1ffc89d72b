import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { pieceSql } from "@/lib/db/sql/queue-page";
import { piecesFrom, sortingOf } from "@/lib/db/sql/queue-sort";
import { readFilter, type Asked } from "@/lib/domain/filter/read";
import { TABS } from "@/lib/domain/finding/words";
import { makeEnvironment, makeScope } from "@/lib/testing/make";

const SIZE = 20_000;
let environment = 0;

/** Arrivals straight by SQL: a plan asks for numbers, not for stories. */
beforeAll(async () => {
  environment = await makeEnvironment();
  const scope = await makeScope(environment, { lastScanned: new Date(Date.now() - 3_600_000) });
  const rule = await prisma.rule.create({ data: { environmentId: environment, detectorId: scope.detector, key: "r", name: "Rule" } });
  await prisma.$executeRaw(sql`
    INSERT INTO finding (environment_id, number, scope_id, asset_id, detector_id, rule_id, fingerprint, fingerprint_version, title, location, technical,
      added_on, last_seen_on, scanner_status, sla_started_at, resolve_by)
    SELECT ${environment}, i, ${scope.id}, ${scope.asset}, ${scope.detector}, ${rule.id}, sha256(i::text::bytea), 1, 'Finding ' || md5(i::text), '/srv/' || i,
      (enum_range(NULL::severity))[1 + i % 5], s.last_scanned - (i % 900) * interval '1 hour', CASE WHEN i % 2 = 0 THEN s.last_scanned - interval '1 hour' * (i % 900) END,
      CASE WHEN i % 900 = 0 THEN 'new' WHEN i % 2 = 0 THEN 'closed' ELSE 'open' END::scanner_status, now(), CASE WHEN i % 3 = 0 THEN now() + i * interval '1 minute' END
    FROM generate_series(1, ${SIZE}) i, scope s WHERE s.id = ${scope.id}`);
  await prisma.$executeRaw(sql`VACUUM ANALYZE finding`);
}, 120_000);

const planRow = z.object({ "QUERY PLAN": z.array(z.object({ "Execution Time": z.number(), Plan: z.unknown() }).loose()) });
type Node = { type: string; rows: number; relation: string | undefined };
const node = z.object({ "Node Type": z.string(), "Actual Rows": z.number(), "Actual Loops": z.number(), "Relation Name": z.string().optional(), Plans: z.array(z.unknown()).optional() }).loose();

function nodesOf(plan: unknown): Node[] {
  const here = node.parse(plan);
  const own = { type: here["Node Type"], rows: here["Actual Rows"] * here["Actual Loops"], relation: here["Relation Name"] };
  return [...(here["Actual Loops"] === 0 ? [] : [own]), ...(here.Plans ?? []).flatMap(nodesOf)]; // what never ran has read nothing
}

async function readOfFindings(asked: Asked): Promise<Node[]> {
  const { filter } = readFilter(asked, "needs_review");
  const asking = { environment, personId: null, now: new Date(), warnDays: 14 };
  const read: Node[] = [];
  for (const piece of piecesFrom(sortingOf(filter.sort), null, false, environment)) {
    const found = await rows(prisma, planRow, sql`EXPLAIN (ANALYZE, FORMAT JSON) ${pieceSql(piece, filter, asking, 51)}`);
    read.push(...nodesOf(found[0]?.["QUERY PLAN"][0]?.Plan).filter(({ relation }) => relation === "finding"));
  }
  return read;
}

test.each(TABS.flatMap((tab) => (["severity", "-severity", "due", "-due", "added", "-added", "-decided", "number"] as const).map((sort) => ({ tab, sort }))))(
  "the first page of $tab by $sort comes off an index, and reads no more than it shows",
  async ({ tab, sort }) => {
    const read = await readOfFindings({ tab, sort });
    expect(read.filter(({ type }) => type === "Seq Scan")).toEqual([]);
    if (sort !== "number") expect(Math.max(...read.map((each) => each.rows))).toBeLessThanOrEqual(51 * 8);
  },
);

test("a search goes through the trigrams, not through every row", async () => {
  const read = await readOfFindings({ tab: "all", q: "c4ca4238a0b9" });
  expect(read.filter(({ type }) => type === "Seq Scan")).toEqual([]);
  expect(Math.max(...read.map((each) => each.rows))).toBeLessThan(100);
});
