import fs from "node:fs";
import { expect, test } from "vitest";
import { readArguments } from "@/lib/bench/arguments";
import { figuresOf, slowestButFew } from "@/lib/bench/bench-queue";
import { differing } from "@/lib/bench/beside";
import { victimsOf } from "@/lib/bench/bulk-crash";
import { dice } from "@/lib/bench/dice";
import { grownNessus, hostItems, hostsFor, isClosedInWorld, nessusTemplates } from "@/lib/bench/grow";
import { grownSarif, sarifTemplates } from "@/lib/bench/grow-sarif";
import { missed, tableOf } from "@/lib/bench/measured";
import { LIMITS } from "@/lib/plugins/importers/limits";
import { importerNamed } from "@/lib/plugins/importers/recognise";

const sample = nessusTemplates(fs.readFileSync("lib/plugins/importers/samples/three-hosts.nessus", "utf8"), true);
const wish = { hosts: hostsFor(2_000).hosts, takenAt: new Date("2026-01-05T00:00:00Z"), round: 0, change: 0.04 };

async function parsed(report: ReturnType<typeof grownNessus>) {
  const results: string[] = [];
  const assets: string[] = [];
  for await (const one of importerNamed("nessus")!.parse(report, LIMITS)) {
    expect(one.kind).not.toBe("rejected");
    if (one.kind === "result") results.push(`${one.result.asset} ${one.result.fingerprint}`);
    if (one.kind === "part") assets.push(...one.part.scannedAssets.map(({ name }) => name));
  }
  return { results, assets };
}

test("a grown report holds what it says, each weakness once, and the same wish gives the same bytes", async () => {
  const report = grownNessus(sample, wish);
  const { results, assets } = await parsed(report);
  expect(results).toHaveLength(report.results);
  expect(new Set(results).size).toBe(report.results);
  expect(assets).toHaveLength(wish.hosts.length);
  expect((await parsed(grownNessus(sample, wish))).results).toEqual(results);
});

test("the next look loses and brings a share, and hardly anything that was closed comes back", () => {
  const first = wish.hosts.flatMap((host) => hostItems(host, wish));
  const next = wish.hosts.flatMap((host) => hostItems(host, { round: 1, change: 0.04 }));
  const stayed = next.filter(({ port }) => port < 1_000);
  const closed = first.filter(({ port }) => isClosedInWorld(port)).length;
  expect((next.length - stayed.length) / first.length).toBeCloseTo(0.04, 1);
  expect(stayed.filter(({ port }) => isClosedInWorld(port)).length).toBeLessThan(closed * 0.05);
  expect(stayed.length).toBeGreaterThan((first.length - closed) * 0.9);
});

test("a grown SARIF report holds what it says, each weakness once, in the repositories it names", async () => {
  const report = grownSarif(sarifTemplates(fs.readFileSync("lib/plugins/importers/samples/two-runs.sarif.json", "utf8")), wish);
  const results: string[] = [];
  const assets: string[] = [];
  for await (const one of importerNamed("sarif")!.parse(report, LIMITS)) {
    expect(one.kind).not.toBe("rejected");
    if (one.kind === "result") results.push(`${one.result.asset} ${one.result.fingerprint}`);
    if (one.kind === "part") assets.push(...one.part.scannedAssets.map(({ name }) => name));
  }
  expect(results).toHaveLength(report.results);
  expect(new Set(results).size).toBe(report.results);
  expect(new Set(assets).size).toBe(wish.hosts.length);
});

test("sizes, lines and the words of the command line", () => {
  expect(readArguments(["import", "--size", "10k,1m"])).toMatchObject({ benches: ["import"], sizes: [10_000, 1_000_000], base: 100_000 });
  expect(readArguments(["--crash", "--kills", "7", "--seed", "3"])).toMatchObject({ benches: ["crash"], kills: 7, seed: 3 });
  expect(() => readArguments(["--size", "many"])).toThrow(/no size/);
  expect(() => readArguments(["speed"])).toThrow(/no bench speed/);
  const figure = { bench: "b", what: "w", value: 1.5, unit: "x", atMost: 1.5 } as const;
  expect([missed(figure), missed({ ...figure, value: 1.51 }), missed({ ...figure, value: Number.NaN })]).toEqual([false, true, true]);
  expect(tableOf([{ ...figure, value: 2 }])).toContain("MISSED");
});

test("one word asks for all that people do in a queue, at its usual size", () => {
  expect(readArguments(["triage"])).toMatchObject({ benches: ["queue", "desk", "bulk", "visit", "page"], base: 1_000_000, depth: 100_000, many: 100_000 });
  expect(readArguments(["bulk", "--base", "20k", "--many", "2k"])).toMatchObject({ benches: ["bulk"], base: 20_000, many: 2_000 });
  expect(readArguments(["crash-bulk"])).toMatchObject({ base: 100_000 });
});

test("no line is kept by nothing: without a case it is refused, a wrong answer is a figure that misses, and what was not measured is no number", () => {
  expect(() => figuresOf("b", "a page far down", [], 1.5)).toThrow(/Not one case was measured of "a page far down"/);
  const turns = [{ name: "right", application: 1, reference: 1, other: 0 }, { name: "wrong", application: 1, reference: 1, other: 3 }];
  const figures = figuresOf("b", "w", turns, 1.5, "counted differently");
  expect(figures.filter(missed).map(({ what, value }) => [what, value])).toEqual([["w: counted differently, first wrong", 1]]);
  expect(figuresOf("b", "w", [{ name: "absent at the other size", application: 1, reference: Number.NaN, other: 0 }], 1.5).some(missed)).toBe(true);
  expect([differing([1, 2, 3], [1, 2, 3]), differing([1, 2], [1, 2, 3]), differing([2, 1], [1, 2]), differing([], [])]).toEqual([0, 1, 2, 0]);
  expect(slowestButFew(Array.from({ length: 40 }, (_, at) => ({ name: "", application: at * 1_000, reference: 1, other: 0 })))).toBe(38);
});

test("of three hundred kills two hundred hit worker and web, fifty of them between COMMIT and answer, and a hundred PostgreSQL, by chance in turn", () => {
  const victims = victimsOf(300, dice(7));
  expect(["worker", "web", "postgres"].map((one) => victims.filter((victim) => victim === one).length)).toEqual([150, 50, 100]);
  expect(victimsOf(300, dice(7))).toEqual(victims);
  expect(new Set(victims.slice(0, 30)).size).toBe(3);
});
