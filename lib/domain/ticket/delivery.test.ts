import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { FAULT_KINDS } from "@/lib/domain/connector/asking";
import { afterFault, afterSearch, backOff, CIRCUIT_FAILURES, circuitOf, DELIVERY_ATTEMPTS, DELIVERY_KINDS, duplicatesSentence, remarkOf, type Standing } from "./delivery";

const at: Standing = { kind: "create", isSearch: false, attempts: 1, failures: 0, lagSeconds: 60 };
const fault = (kind: (typeof FAULT_KINDS)[number], retryAfter: number | null = null) => ({ kind, retryAfter });

describe("what follows from a fault", () => {
  it.each([
    ["unreachable", { status: "pending", waitSeconds: 0, failures: 1, pauseSeconds: 5, goesOn: false }],
    ["in_doubt", { status: "in_doubt", waitSeconds: 60, failures: 1, pauseSeconds: null, goesOn: true }],
    ["server", { status: "in_doubt", waitSeconds: 60, failures: 1, goesOn: true }],
    ["limited", { status: "pending", waitSeconds: 0, failures: 0, pauseSeconds: 30, openSeconds: null, goesOn: false }],
    ["credentials", { status: "pending", failures: CIRCUIT_FAILURES, openSeconds: 30, goesOn: false }],
    ["permission", { status: "pending", openSeconds: 30, goesOn: false }],
    ["invalid", { status: "failed", failures: 0, goesOn: true }],
    ["gone", { status: "failed", goesOn: true }],
  ] as const)("making a ticket: %s", (kind, expected) => {
    expect(afterFault(fault(kind), at)).toMatchObject(expected);
  });

  it.each([
    ["in_doubt", "pending"], ["server", "pending"], ["invalid", "failed"], ["permission", "failed"], ["gone", "gone"], ["credentials", "pending"],
  ] as const)("changing one: %s, %s", (kind, status) => {
    expect(afterFault(fault(kind), { ...at, kind: "update" }).status).toBe(status);
  });

  it("what asks for patience gets it, whatever else is wrong", () => {
    expect(afterFault(fault("limited", 7), at)).toMatchObject({ pauseSeconds: 7, goesOn: false });
    expect(afterFault(fault("limited", 0), at).pauseSeconds).toBe(1);
    expect(afterFault(fault("server", 120), at)).toMatchObject({ status: "in_doubt", pauseSeconds: 120, goesOn: false });
    expect(afterFault(fault("server", 3_600), { ...at, failures: 4 }).openSeconds).toBe(3_600);
  });

  it("the circuit opens after five in a row, for longer each time, a quarter of an hour at most", () => {
    expect([3, 4, 5, 6, 12].map((failures) => afterFault(fault("unreachable"), { ...at, failures }).openSeconds)).toEqual([null, 30, 60, 120, 900]);
    const now = new Date("2026-01-02T00:00:00Z");
    const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];
    expect([circuitOf({ failures: 4, openUntil: null }, now), circuitOf({ failures: 5, openUntil: after }, now), circuitOf({ failures: 5, openUntil: before }, now)]).toEqual(["closed", "open", "half_open"]);
  });

  it("one delivery that fails again and again is shown to a person; a doubt never is settled by counting", () => {
    expect(afterFault(fault("server"), { ...at, kind: "update", attempts: DELIVERY_ATTEMPTS }).status).toBe("failed");
    expect(afterFault(fault("unreachable"), { ...at, attempts: 1_000 }).status).toBe("pending");
    expect(afterFault(fault("in_doubt"), { ...at, attempts: 1_000 }).status).toBe("in_doubt");
  });
});

test("never blindly: after whatever may have been done, and after any fault of the search, a new ticket is looked for before it is sent again", () => {
  const standing = fc.record({ kind: fc.constantFrom(...DELIVERY_KINDS), isSearch: fc.boolean(), attempts: fc.integer({ min: 1, max: 2_000 }), failures: fc.nat(2_000), lagSeconds: fc.nat(3_600) });
  fc.assert(fc.property(fc.constantFrom(...FAULT_KINDS), fc.option(fc.nat(100_000)), standing, (kind, retryAfter, given) => {
    const next = afterFault(fault(kind, retryAfter), given);
    const mayBeDone = kind === "in_doubt" || kind === "server";
    if (given.kind === "create" && (mayBeDone || given.isSearch)) {
      expect(next.status).toBe("in_doubt");
      if (!given.isSearch) expect(next.waitSeconds).toBe(given.lagSeconds);
    }
    expect(next.waitSeconds).toBeLessThanOrEqual(Math.max(900, given.lagSeconds));
    expect(next.goesOn).toBe(next.openSeconds === null && next.pauseSeconds === null);
    if (retryAfter !== null && retryAfter > 0) expect(Math.max(next.pauseSeconds ?? 0, next.openSeconds ?? 0)).toBeGreaterThanOrEqual(retryAfter);
  }));
});

test("a search that finds one links it, that finds several links the oldest and names the others, that finds none sends", () => {
  const found = ["A-1", "A-2", "A-3"].map((key) => ({ key, url: null }));
  expect(afterSearch([])).toBe("send");
  expect(afterSearch(found.slice(0, 1))).toEqual({ link: found[0], duplicates: [] });
  expect(afterSearch(found)).toEqual({ link: found[0], duplicates: found.slice(1) });
  expect(duplicatesSentence("A-1", [])).toBeNull();
  expect(duplicatesSentence("A-1", found.slice(1))).toBe("A-1 is linked, the oldest of 3 that were made: close A-2, A-3 over there.");
});

test("waits double and are bounded; a remark says what ended and why", () => {
  expect([1, 2, 3, 100].map((n) => backOff(n))).toEqual([5, 10, 20, 900]);
  expect(remarkOf("close", { number: 12, reason: "false_positive", notes: "Test code." })).toBe("Closed in Docket: T-12, false positive: Test code.");
});
