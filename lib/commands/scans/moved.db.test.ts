import { expect, test } from "vitest";
import { transition } from "@/lib/commands/findings/transition";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { z } from "zod";
import { loadTimeline } from "@/lib/queries/timeline";
import { trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { fingerprintOf, imported } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);

/** The same flagged text under one rule; what tells two of them apart is the file. */
const text = (file: string, more: Record<string, unknown> = {}) => ({
  is: `text in ${file}`, title: "Weakness", location: `${file}:12`, rule: { key: "sqli", name: "SQL injection", help: null }, context: fingerprintOf("sqli text"), ...more,
});

async function state(environment: number) {
  return rows(prisma, z.object({ number: z.number(), location: z.string(), is: z.string() }), sql`
    SELECT number, location, scanner_status || '/' || governance_status AS is FROM finding WHERE environment_id = ${environment} ORDER BY number`);
}

test("a moved file keeps its number and its decision; the timeline says from where to where, and the next report knows it", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: [text("src/old.ts"), "other"] });
  const ann = await makeMember(environment, "analyst", "Ann");
  await transition(ann, { environment, items: [{ number: 1 }, { number: 2 }], to: "false_positive", note: "Escaped before." });
  const { number } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, location: "src/old.ts:12" } });

  const scan = await imported({ environment, takenAt: at(2), sees: [text("lib/new.ts"), "other", "fresh"] });
  expect(scan).toMatchObject({ observed: 3, persisting: 2, new: 1, unseen: 0, refound: 0 });
  expect(await state(environment)).toEqual(expect.arrayContaining([{ number, location: "lib/new.ts:12", is: "open/false_positive" }, { number: 3, location: "/srv/fresh", is: "new/open" }]));
  const moved = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number } });
  expect(moved).toMatchObject({ version: 2, fingerprint: Uint8Array.from(Buffer.from(fingerprintOf("text in lib/new.ts"), "hex")) });
  expect((await trailOf(moved.id)).filter((line) => line.includes("finding.moved"))).toHaveLength(1);
  const timeline = await loadTimeline(ann, { environment, number, cursor: null, kind: null });
  expect(timeline.ok && timeline.value.entries.find(({ action }) => action === "finding.moved")).toMatchObject({
    headline: "knows it again after a move", changes: [{ field: "Location", before: "src/old.ts:12", after: "lib/new.ts:12" }], kind: "scan", revocable: null,
  });
  expect(timeline.ok && timeline.value.entries.some(({ revocable }) => revocable !== null)).toBe(true);
  expect(await imported({ environment, takenAt: at(3), sees: [text("lib/new.ts"), "other", "fresh"] })).toMatchObject({ persisting: 3, new: 0 });
});

test("two places that it may have come from, or gone to, are no proof: nothing moves", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: [text("a.ts"), text("b.ts")] });
  expect(await imported({ environment, takenAt: at(2), sees: [text("c.ts")] })).toMatchObject({ new: 1, unseen: 2 });

  const another = await makeEnvironment();
  await imported({ environment: another, takenAt: at(1), sees: [text("a.ts")] });
  expect(await imported({ environment: another, takenAt: at(2), sees: [text("b.ts"), text("c.ts", { suppressed: true })] })).toMatchObject({ new: 1, suppressed: 1, unseen: 1 });
});

test("a copy is no move, another rule is none, and neither is a place that was not looked at", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: [text("a.ts")] });
  expect(await imported({ environment, takenAt: at(2), sees: [text("a.ts"), text("b.ts")] })).toMatchObject({ new: 1, persisting: 1 });

  const rules = await makeEnvironment();
  await imported({ environment: rules, takenAt: at(1), sees: [text("a.ts")] });
  expect(await imported({ environment: rules, takenAt: at(2), sees: [text("b.ts", { rule: { key: "xss", name: "XSS", help: null } })] })).toMatchObject({ new: 1, unseen: 1 });

  const partly = await makeEnvironment();
  await imported({ environment: partly, takenAt: at(1), sees: [text("src/a.ts")] });
  const options = { scope: "partial", scope_paths: ["lib"] };
  expect(await imported({ environment: partly, takenAt: at(2), sees: [text("lib/b.ts")], options })).toMatchObject({ new: 1, persisting: 0, unseen: 0 });
});

test("an older report moves nothing back; a newer one does, and what was gone is re-found where it went", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(5), sees: [text("b.ts")] });
  expect(await imported({ environment, takenAt: at(1), sees: [text("a.ts")] })).toMatchObject({ new: 1 });
  expect(await state(environment)).toEqual([{ number: 1, location: "b.ts:12", is: "new/open" }, { number: 2, location: "a.ts:12", is: "closed/open" }]);

  const gone = await makeEnvironment();
  await imported({ environment: gone, takenAt: at(1), sees: [text("a.ts")] });
  await imported({ environment: gone, takenAt: at(2), sees: [] });
  expect(await imported({ environment: gone, takenAt: at(3), sees: [text("b.ts")] })).toMatchObject({ refound: 1, new: 0 });
  expect(await state(gone)).toEqual([{ number: 1, location: "b.ts:12", is: "open/open" }]);
});

test("the order of a report says nothing: shuffled, the same findings move and the same numbers come", async () => {
  const files = Array.from({ length: 12 }, (_, n) => ({ ...text(`f${n}.ts`), is: `f${n}`, context: fingerprintOf(`text ${n % 9}`) }));
  const renamed = files.map((one, n) => (n % 2 === 0 ? { ...one, is: `moved ${n}`, location: `lib/${one.location}` } : one));
  const after = async (sees: typeof files) => {
    const environment = await makeEnvironment();
    await imported({ environment, takenAt: at(1), sees: files });
    const counts = await imported({ environment, takenAt: at(2), sees });
    return { ...counts, scan: 0, state: await state(environment) };
  };
  const straight = await after([...renamed, { ...text("g.ts"), is: "g", context: fingerprintOf("g") }]);
  const shuffled = await after([{ ...text("g.ts"), is: "g", context: fingerprintOf("g") }, ...[...renamed].reverse()]);
  expect(shuffled).toEqual(straight);
  expect(straight.state.filter(({ location }) => location.startsWith("lib/")).length).toBe(6);
});
