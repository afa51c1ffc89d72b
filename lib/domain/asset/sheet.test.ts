import { describe, expect, test } from "vitest";
import type { AssetRecord } from "@/lib/domain/records/asset";
import { linesOf, planSheet, planText, type KnownAsset } from "./plan";
import { readSheet, type Sheet } from "./sheet";
import { sheetHead, sheetLines } from "./sheet-out";
import { NEW_ASSET, type AssetFacts } from "./words";

function sheet(text: string): Sheet {
  const read = readSheet(text);
  if (!read.ok) throw new Error(read.refusal.message);
  return read.value;
}

function refusal(text: string): string {
  const read = readSheet(text);
  return read.ok ? "taken" : `${read.refusal.code}: ${read.refusal.message}`;
}

const known = (...assets: [string, Partial<AssetFacts>][]) => new Map<string, KnownAsset>(assets.map(([name, facts], at) => [name, { id: at + 1, name, version: 3, facts: { ...NEW_ASSET, ...facts } }]));

test("a sheet says what it would do before it does it: new, changed, the same, refused with line and reason", () => {
  const text = "Name;Exposure;Data sensitivity;Cost\nweb-1;Internet;restricted;7\nweb-2;internet;;\nweb-3;moon;;\n;;;\nweb-1;internal;;\n";
  const read = sheet(text);
  expect(read.ignored).toEqual(["Cost"]);
  const plan = planSheet(read, known(["web-2", { exposure: "internal", sensitivity: "public" }]));
  expect(linesOf(plan)).toEqual([
    { line: 2, name: "web-1", kind: "new", says: "Exposure Internet, Data sensitivity Restricted" },
    { line: 3, name: "web-2", kind: "changed", says: "Exposure: Internal → Internet, Data sensitivity: Public → Unknown" },
    { line: 4, name: "web-3", kind: "refused", says: "Exposure \"moon\": none of internet, partner, unknown, internal, isolated." },
    { line: 5, name: "", kind: "refused", says: "An asset needs a name." },
    { line: 6, name: "web-1", kind: "refused", says: "Line 2 names the same asset." },
  ]);
});

test("a column that is not there leaves its field alone; a blank cell empties it", () => {
  const there = known(["web-1", { kind: "api", owner: "Lead", team: "Shop", decommissionOn: "2027-01-01" }]);
  expect(planSheet(sheet("name,owner\nweb-1,Lead\n"), there).same).toHaveLength(1);
  const [one] = planSheet(sheet("name,kind,team,decommission_on\nweb-1,,,\n"), there).changed;
  expect(one?.changed.after).toEqual({ kind: "api", exposure: "unknown", sensitivity: "unknown", owner: "Lead", team: null, decommissionOn: null });
});

function record(name: string, facts: Partial<AssetFacts> = {}): AssetRecord {
  const { decommissionOn, ...rest } = { ...NEW_ASSET, ...facts };
  return {
    id: 1, name, other_names: ["10.0.0.1"], ...rest, decommission_on: decommissionOn, stage: "in_service", first_seen: "2026-11-01T00:00:00.000Z", detectors: [{ detector: "=zap", last_scanned: null, looked_at: null }],
    live: { critical: 1, high: 0, medium: 0, low: 0, info: 0, total: 1 }, version: 3, url: "/e/1/assets/1",
  };
}

test("what was exported comes back and changes nothing, however its names begin", () => {
  const assets: [string, Partial<AssetFacts>][] = [
    ["=HYPERLINK(\"http://evil.test\")", { owner: "+Lead", team: "-" }], ["'=1", {}], ["a;b,\"c\"", { exposure: "internet", sensitivity: "restricted", decommissionOn: "2027-02-28" }], ["＝wide", { kind: "cloud" }], ["'plain", { team: "@team" }],
  ];
  const text = sheetHead() + sheetLines(assets.map(([name, facts]) => record(name, facts)));
  expect(text.split("\n").slice(1).filter((line) => /^"?[=+@-]|,"?[=+@-]/.test(line))).toEqual([]);
  const read = sheet(text);
  expect([read.ignored, read.refused]).toEqual([[], []]);
  const plan = planSheet(read, known(...assets));
  expect([plan.created, plan.changed, plan.same.length]).toEqual([[], [], assets.length]);
});

test("the digest's text tells one plan from another, and a stale version from a fresh one", () => {
  const read = sheet("name,team\nweb-1,Shop\n");
  const before = planText(planSheet(read, known(["web-1", {}])));
  expect(planText(planSheet(read, known(["web-1", {}])))).toBe(before);
  expect(planText(planSheet(read, new Map()))).not.toBe(before);
});

describe("what is no sheet is refused whole", () => {
  test.each([
    ["", "invalid: This file is empty."],
    ["colour,size\nred,1\n", "invalid: The header row has no column \"name\"."],
    ["name,team\n\"web-1,Shop\n", /^invalid: This is no sheet, line \d: Quote Not Closed/],
    ["name\nweb\u00001\n", "invalid: This is no text file: it holds a NUL or half a character."],
    ["name,team,Team\nweb-1,a,b\n", "invalid: Two columns say the team."],
    [`name\n${"x\n".repeat(20_001)}`, "too_large: A sheet has at most 20,000 rows."],
  ])("%j", (text, says) => {
    expect(refusal(text)).toEqual(typeof says === "string" ? says : expect.stringMatching(says));
  });
});

test("what breaks only its own row leaves the others", () => {
  const read = sheet(`\ufeffname\tdecommission_on\nweb-1\t2027-02-30\n${"n".repeat(301)}\t\nweb-3\t2027-02-28\n`);
  expect(read.rows.map(({ name }) => name)).toEqual(["web-3"]);
  expect(read.refused.map(({ line, why }) => `${line} ${why}`)).toEqual(["2 Decommission date \"2027-02-30\": A day as 2027-03-01.", "3 A name has at most 300 characters."]);
});
