import fc from "fast-check";
import { expect, test } from "vitest";
import { transition } from "@/lib/commands/findings/transition";
import type { Actor } from "@/lib/gate/actor";
import { importState } from "@/lib/testing/import-state";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { applyTest, claimedScan, fingerprintOf, imported, stageTest, type TestReport } from "@/lib/testing/scans";

// Scans of code that is edited, moved and read by a tool that is upgraded, with people deciding in between.
const base = Date.now() + 3_600_000; // after every decision: each scan may contradict it

const result = fc.record({
  recipe: fc.constantFrom(1, 1, 1, 2), // the tool's own: another one tells the same weakness anew
  file: fc.constantFrom("a.ts", "b.ts", "lib/a.ts"),
  text: fc.constantFrom("eval", "exec"),
  line: fc.integer({ min: 1, max: 3 }),
  host: fc.constantFrom("web-1", "web-1", "web-2"),
  technical: fc.constantFrom("high" as const, "low" as const),
  suppressed: fc.constantFrom(false, false, false, true),
});
const look = fc.record({
  minute: fc.integer({ min: 0, max: 4 }),
  results: fc.array(result, { maxLength: 7 }),
  kind: fc.constantFrom("full", "full", "full", "failed", "partial"),
  decide: fc.option(fc.record({ number: fc.integer({ min: 1, max: 5 }), to: fc.constantFrom("false_positive", "resolved", "in_progress") }), { nil: null }),
  seed: fc.integer(),
});
type Look = typeof look extends fc.Arbitrary<infer L> ? L : never;

function reportOf(environment: number, { minute, results, kind }: Look): TestReport {
  const sees = results.map(({ recipe, file, text, line, host, technical, suppressed }) => ({
    is: `${recipe} ${text} ${file}`, title: `Weakness ${text}`, rule: { key: text, name: text, help: null }, location: `${file}:${line}`,
    context: fingerprintOf(`${recipe} ${text}`), asset: host, technical, suppressed,
  }));
  const options = kind === "partial" ? { scope: "partial", scope_paths: ["lib"] } : {};
  return { environment, takenAt: new Date(base + minute * 60_000), sees, assets: ["web-2"], failed: kind === "failed", options };
}

/** Another order of the same results. */
function shuffled(report: TestReport, seed: number): TestReport {
  const sees = report.sees.map((one, at) => ({ one, key: fingerprintOf(`${seed} ${at}`) })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one);
  return { ...report, sees };
}

/** Two runners with the same report at the same moment. */
async function atOnce(one: TestReport, other: TestReport): Promise<void> {
  const claimed = [await claimedScan(one), await claimedScan(other)] as const;
  const staged = [await stageTest(claimed[0], one), await stageTest(claimed[1], other)] as const;
  for (const done of await Promise.all([applyTest(claimed[0], one, staged[0]), applyTest(claimed[1], other, staged[1])])) if (!done.ok) throw new Error(done.refusal.message);
}

type World = { environment: number; ann: Actor };
const makeWorld = async (): Promise<World> => {
  const environment = await makeEnvironment();
  return { environment, ann: await makeMember(environment, "analyst", "Ann") };
};

/** What is refused is refused in each world alike. */
async function decided({ environment, ann }: World, { decide }: Look): Promise<void> {
  if (decide) await transition(ann, { environment, items: [{ number: decide.number }], to: decide.to, note: "Looked into.", ...(decide.to === "resolved" ? { reason: "patched" } : {}) });
}

/** A file that moves, and a tool that is upgraded: in every run of this test both happen at least once. */
const plain = { recipe: 1, file: "a.ts", text: "eval", line: 1, host: "web-1", technical: "high", suppressed: false } as const;
const before = [plain, { ...plain, file: "b.ts", text: "exec" }] as const;
const edited: Look[] = [
  { minute: 0, results: [...before], kind: "full", decide: { number: 1, to: "false_positive" }, seed: 1 },
  { minute: 1, results: [...before], kind: "full", decide: { number: 2, to: "false_positive" }, seed: 2 },
  { minute: 2, results: [{ ...plain, file: "lib/a.ts" }, { ...plain, recipe: 2, file: "b.ts", text: "exec", line: 3 }], kind: "full", decide: null, seed: 3 },
];

/** Two that a finding may have moved to, one of them suppressed: the report that is sent again knows the other one by then. */
const silenced: Look[] = [
  { minute: 0, results: [{ ...plain, file: "lib/a.ts" }], kind: "full", decide: null, seed: 4 },
  { minute: 0, results: [{ ...plain, file: "b.ts", suppressed: true }, plain], kind: "full", decide: null, seed: 5 },
];

test("the same report once, twice, twice at once or shuffled: the same findings, decisions, moves and proposals, number by number", async () => {
  const met = new Set<string>();
  await fc.assert(fc.asyncProperty(fc.array(look, { minLength: 2, maxLength: 4 }), async (looks) => {
    const [once, twice, both] = [await makeWorld(), await makeWorld(), await makeWorld()];
    for (const one of looks) {
      const report = reportOf(once.environment, one);
      await imported(report);
      await imported(shuffled({ ...report, environment: twice.environment }, one.seed));
      await imported(shuffled({ ...report, environment: twice.environment }, one.seed + 1));
      await atOnce(shuffled({ ...report, environment: both.environment }, one.seed + 2), { ...report, environment: both.environment });
      const expected = await importState(once.environment);
      expect(await importState(twice.environment), "shuffled, then once more").toEqual(expected);
      expect(await importState(both.environment), "twice at once").toEqual(expected);
      for (const line of expected) met.add(line.includes("finding.moved") ? "moved" : line.slice(0, 5));
      for (const world of [once, twice, both]) await decided(world, one);
    }
  }), { numRuns: 6, examples: [[edited], [silenced]] });
  expect([...met]).toEqual(expect.arrayContaining(["moved", "carry"]));
}, 300_000);
