import { z } from "zod";
import { expect, test } from "vitest";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { inOneGo } from "@/lib/db/one-go";
import { makeEnvironment } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

// What a finding was told last is kept as a digest: a look that tells the same writes nothing, and whatever the digest cannot know is told anew.
const base = Date.now();
const at = (hour: number) => new Date(base + hour * 3_600_000);

const kept = z.object({ name: z.string(), written: z.string(), told: z.boolean(), title: z.string(), observation: z.string().nullable() });

async function stored(environment: number) {
  const found = await rows(prisma, kept, sql`
    SELECT r.name, f.xmin::text || ' ' || f.ctid::text || ' ' || d.xmin::text AS written, f.told IS NOT NULL AS told, f.title, d.observation
    FROM finding f JOIN finding_detail d ON d.finding_id = f.id JOIN rule r ON r.id = f.rule_id WHERE f.environment_id = ${environment} ORDER BY r.name`);
  return Object.fromEntries(found.map(({ name, ...state }) => [name.replace("Rule ", ""), state]));
}

test("a digest that is missing or from another time costs one rewrite and is no change; a text alone is renewed; the next same look writes nothing", async () => {
  const environment = await makeEnvironment();
  const sees = ["a", "b", "c", "d"];
  await imported({ environment, takenAt: at(1), sees });
  await imported({ environment, takenAt: at(2), sees });
  const settled = await stored(environment);
  expect(Object.values(settled).every(({ told }) => told)).toBe(true);

  await prisma.$executeRaw(sql`UPDATE finding SET told = NULL WHERE environment_id = ${environment} AND title = 'Weakness a'`);
  await prisma.$executeRaw(sql`UPDATE finding SET told = decode('00', 'hex') WHERE environment_id = ${environment} AND title = 'Weakness b'`);
  const third = await imported({ environment, takenAt: at(3), sees: ["a", "b", "c", { is: "d", observation: "HTTP/1.1 200" }] });
  expect(third).toMatchObject({ persisting: 4, new: 0, refound: 0 });
  expect(await prisma.scanChange.count({ where: { scanId: third.scan } })).toBe(0);
  const renewed = await stored(environment);
  expect(renewed.c).toEqual(settled.c);
  expect(renewed.d).toMatchObject({ observation: "HTTP/1.1 200", title: "Weakness d" });
  expect(Object.values(renewed).map(({ told, title }) => `${title} ${told}`)).toEqual(["Weakness a true", "Weakness b true", "Weakness c true", "Weakness d true"]);

  await imported({ environment, takenAt: at(4), sees: ["a", "b", "c", { is: "d", observation: "HTTP/1.1 200" }] });
  expect(await stored(environment)).toEqual(renewed);
});

test("what was changed behind the importer's back is told anew by the next look", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a"] });
  await prisma.$executeRaw(sql`UPDATE finding SET title = 'Something else', tags = '{}' WHERE environment_id = ${environment}`);
  expect((await stored(environment)).a).toMatchObject({ title: "Something else", told: false });
  await imported({ environment, takenAt: at(2), sees: ["a"] });
  expect((await stored(environment)).a).toMatchObject({ title: "Weakness a", told: true });
});

test("statements in one go keep their order, and a text never becomes part of one", async () => {
  const hostile = "x'); DROP TABLE of_a_test; --";
  const found = await prisma.$transaction(async (tx) => {
    await inOneGo(tx, [
      sql`CREATE TEMP TABLE of_a_test (n float8, at timestamptz, yes boolean, none int, many int[], said text) ON COMMIT DROP`,
      sql`INSERT INTO of_a_test VALUES (${-1.5}, ${at(1)}::timestamptz, ${true}, ${null}, ${[1, -2]}::int[], NULL)`,
      sql`INSERT INTO of_a_test (said, many) VALUES (${hostile}, ${[]}::int[])`,
      sql`UPDATE of_a_test SET none = 2 - ${-3}::int WHERE said IS NOT NULL`,
    ]);
    return tx.$queryRaw(sql`SELECT * FROM of_a_test ORDER BY n`);
  });
  expect(found).toEqual([
    { n: -1.5, at: at(1), yes: true, none: null, many: [1, -2], said: null },
    { n: null, at: null, yes: null, none: 5, many: [], said: hostile },
  ]);
});

test("the day on which it was first seen only ever moves back: neither a later one nor none at all takes its place", async () => {
  const environment = await makeEnvironment();
  const after = async (hour: number, firstSeen: Date | null) => {
    await imported({ environment, takenAt: at(hour), sees: [{ is: "a", firstSeen }] });
    const [kept] = await prisma.findingDetail.findMany({ where: { environmentId: environment } });
    return kept?.firstSeen?.toISOString().slice(0, 10) ?? null;
  };
  expect(await after(1, null)).toBe(null);
  expect(await after(2, new Date("2026-05-01"))).toBe("2026-05-01");
  expect(await after(3, new Date("2026-07-01")), "an export that gives the time of its own making").toBe("2026-05-01");
  expect(await after(4, null)).toBe("2026-05-01");
  expect(await after(5, new Date("2026-03-01")), "another part of the record").toBe("2026-03-01");
});
