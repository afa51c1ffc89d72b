import fs from "node:fs";
import { expect, test } from "vitest";
import { readArguments } from "@/lib/bench/arguments";
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
