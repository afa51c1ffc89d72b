import { expect, test } from "vitest";
import { effort } from "@/lib/testing/effort";
import { looksOf, takenAt, type RunOfDetector } from "./report";

const noon = new Date("2026-03-02T12:00:00Z");
const run = (over: Partial<RunOfDetector> = {}): RunOfDetector => ({ detector: "probe", takenAt: noon, failed: false, assets: [], rules: null, ports: null, unread: [], rejected: 0, ...over });

test("two runs of one detector are one look at the time of the last, and incomplete when one of them failed", () => {
  const later = new Date("2026-03-02T13:00:00Z");
  const looks = looksOf([run({ assets: [{ name: "a", kind: "host" }] }), run({ detector: "other" }), run({ takenAt: later, failed: true, assets: [{ name: "b", kind: "host" }] })]);
  expect(looks.map(({ detector, parts, failed }) => ({ detector, parts, failed }))).toEqual([
    { detector: "probe", parts: [0, 2], failed: true },
    { detector: "other", parts: [1], failed: false },
  ]);
  expect(looks[0]).toMatchObject({ takenAt: later, assets: [{ name: "a" }, { name: "b" }] });
});

test("a look is bound to named checks only when every run names its own", () => {
  expect(looksOf([run({ rules: ["r1"] }), run({ rules: ["r2"] })])[0]?.rules).toEqual(["r1", "r2"]);
  expect(looksOf([run({ rules: ["r1"] }), run()])[0]?.rules).toBeNull();
});

test("two runs over other ports are a look at both, and at none where nobody knows whose they are", () => {
  const port = (asset: string | null, from: number) => ({ asset, protocol: "tcp", from, to: from });
  expect(looksOf([run({ ports: [port("a", 443)] }), run({ ports: [port("a", 8443)] })])[0]?.ports).toEqual([port("a", 443), port("a", 8443)]);
  expect(looksOf([run(), run({ ports: [port("a", 443)] })])[0]?.ports).toEqual([port("a", 443)]);
  expect(looksOf([run({ ports: [port(null, 443)] }), run({ ports: [port("a", 22)] })])[0]?.ports).toEqual([]);
  expect(looksOf([run(), run()])[0]?.ports).toBeNull();
});

test("whichever of three runs named ports of whatever it looked at, nobody knows whose they are", () => {
  const port = (asset: string | null, from: number) => run({ ports: [{ asset, protocol: "tcp", from, to: from }] });
  for (const runs of [[port(null, 443), port("a", 22), port("b", 25)], [port("a", 22), port(null, 443), port("b", 25)], [port("a", 22), port("b", 25), port(null, 443)]]) expect(looksOf(runs)[0]?.ports).toEqual([]);
});

test("a report of as many runs as there may be, each with many ports, files and hosts, is joined by what it holds and not by its square", () => {
  const many = Array.from({ length: 500 }, (_, n) => n);
  const runs = Array.from({ length: 1_000 }, (_, part) => run({
    rules: many.map((n) => `r${n}`), unread: many.map((n) => `${part}/${n}`), assets: many.map((n) => ({ name: `h${part}-${n}`, kind: "host" })), ports: many.map((n) => ({ asset: `h${part}-${n}`, protocol: "tcp", from: 443, to: 443 })),
  }));
  const spent = effort();
  const [look] = looksOf(runs);
  expect([look?.rules, look?.unread, look?.assets, look?.ports, look?.parts].map((all) => all?.length)).toEqual([500, 500_000, 500_000, 500_000, 1_000]);
  expect(spent()).toBeLessThan(2_000);
});

test("a report counts as taken when it says, unless it says a time that nobody can have reached", () => {
  const past = new Date("2019-01-01T00:00:00Z");
  expect(takenAt(past, noon)).toEqual(past);
  expect(takenAt(null, noon)).toEqual(noon);
  expect(takenAt(new Date("2099-01-01T00:00:00Z"), noon)).toEqual(noon);
  expect(takenAt(new Date(noon.getTime() + 1), noon), "a clock that runs ahead").toEqual(noon);
  expect(takenAt(new Date("nonsense"), noon)).toEqual(noon);
});
