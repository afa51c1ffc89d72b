import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedFilter } from "@/lib/domain/filter/input";
import { readFilter, type Asked } from "@/lib/domain/filter/read";
import { cleanTag } from "@/lib/domain/finding/clean-tag";
import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS } from "@/lib/domain/finding/words";
import { IS_FLAGS, SCAN_CHANGES, SORTS, type QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress } from "@/lib/domain/views/queue-address";
import { readQueue } from "@/lib/domain/views/read-queue";

const faults = (asked: Asked) => readFilter(asked, "all").faults.map((fault) => fault.path);

describe("reading a filter", () => {
  it("understands the words of the old screens", () => {
    expect(readFilter({ response: "To Be Closed,None" }, "all").filter.response).toEqual(["needs_review", "closed"]);
    expect(readFilter({ q: 'response in ("To Be Closed", "None")' }, "all").filter.response).toEqual(["needs_review", "closed"]);
  });

  it("reads identifiers as people write them", () => {
    expect(readFilter({ cwe: "CWE-79,89", cve: "cve-2021-44228", port: "443" }, "all")).toMatchObject({
      filter: { cwe: [79, 89], cve: ["CVE-2021-44228"], port: [443] },
      faults: [],
    });
  });

  it.each<[string, Asked]>([
    ["severity", { severity: "hihg" }],
    ["severtiy", { severtiy: "high" }],
    ["constructor", { constructor: "high" }],
    ["response", { response: "Whatever" }],
    ["port", { port: "70000" }],
    ["added", { added: "yesterday" }],
    ["sort", { sort: "password" }],
    ["detector", { detector: Array.from({ length: 51 }, (_, place) => `d${place}`).join(",") }],
  ])("names a %s that it cannot read: a page leaves it out, a script is refused", (path, asked) => {
    expect(faults(asked)).toEqual([path]);
    expect(askedFilter.safeParse(asked).success).toBe(false);
    expect(readQueue(asked).tab).toBe("needs_review");
  });
});

const name = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }).filter((text) => text.trim() === text && text.trim() !== "");
const names = fc.uniqueArray(name, { maxLength: 5 });
const some = <T>(values: readonly T[]) => fc.subarray([...values]);
const span = fc.constantFrom(null, ">30d", "<24h", "2026-11-01", "2026-11-01..2026-11-21");
const numbers = fc.uniqueArray(fc.nat(60_000), { maxLength: 5 });

const filter: fc.Arbitrary<QueueFilter> = fc.record({
  ...{ tab: fc.constantFrom(...TABS), q: fc.constantFrom("", "log4j", 'a & b "=" c', "100%") },
  ...{ severity: some(SEVERITIES), technical: some(SEVERITIES), effective: some(SEVERITIES) },
  ...{ scanner: some(SCANNER_STATUSES), governance: some(GOVERNANCE_STATUSES), response: some(RESPONSES), is: some(IS_FLAGS) },
  ...{ detector: names, asset: names, rule: names, category: names, tag: names.map((all) => [...new Set(all.map(cleanTag))].filter(Boolean)), cwe: numbers, port: numbers },
  ...{ cve: fc.constantFrom([], ["CVE-2021-44228"]), assignee: fc.constantFrom([], ["me"], ["none", "anna@example.test"]) },
  ...{ added: span, seen: span, due: span, decided: span },
  ...{ scan: fc.option(fc.integer({ min: 1, max: 99 })), change: fc.constantFrom(null, ...SCAN_CHANGES), sort: fc.constantFrom(...SORTS) },
  rest: fc.constantFrom<QueueFilter["rest"]>([], [{ not: { field: "tag", values: ["a,b", "c"] } }], [{ field: "cvss", values: [">=7"] }, { any: [{ field: "asset", values: ["web-*"] }, { field: "kev", values: ["true"] }] }]),
});

it("writes any filter as an address that reads back to the same filter, commas in names included", () => {
  fc.assert(
    fc.property(filter, (asked) => {
      const address = Object.fromEntries(new URLSearchParams(queueAddress(asked, 42)));
      expect(readQueue(address)).toEqual(asked);
    }),
  );
});
