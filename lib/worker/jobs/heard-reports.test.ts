import { beforeEach, expect, test, vi } from "vitest";
import { connectorActor } from "@/lib/gate/actor";
import { applyHooks, type ReadHook } from "./heard-reports";

// Which webhook is to blame is found by parting them; trouble of the database is nobody's fault.

const step = vi.hoisted(() => ({ apply: vi.fn() }));
vi.mock("@/lib/commands/tickets/apply-there", () => ({ applyThere: (_: unknown, raw: { hooks: { id: number; outcome: string | null }[]; reports: unknown[] }) => step.apply(raw.hooks, raw.reports.length) }));

type Hooks = { id: number; outcome: string | null }[];
const actor = connectorActor({ id: 1, name: "Tracker", environment: 1 }, "r");
const REPORT = { key: "K-1", id: null, url: null, status: "Done", isDone: true, isStarted: false, assignee: null, title: null, severity: null, priority: null, labels: null, updatedAt: null, isDeleted: false, movedTo: null, mergedInto: null, wentTo: null, asked: false, by: null };
const hooks = Array.from({ length: 8 }, (_, at): ReadHook => ({ id: at + 1, reports: [REPORT], outcome: null, mayWait: false }));
const settled = new Map<number, string | null>();

/** `bad` cannot be applied and fails so; the rest is. */
function applying(bad: number, fail: () => unknown) {
  step.apply.mockImplementation((all: Hooks, reports: number) => {
    if (reports > 0 && all.some(({ id }) => id === bad)) return fail();
    for (const { id, outcome } of all) settled.set(id, outcome);
    return { ok: true, value: [] };
  });
}
const broken = (): never => {
  throw new Error("It violates a check.");
};

beforeEach(() => {
  step.apply.mockReset();
  settled.clear();
  vi.spyOn(console, "error").mockImplementation(() => {});
});

const outlived = (): never => {
  throw Object.assign(new Error("A query cannot be executed on an expired transaction."), { code: "P2028" });
};

test.each([
  ["takes longer than a step may, and waited long", outlived, true, "it could not be read"],
  ["fails, and waited long", broken, true, "it could not be read"], ["fails, and came just now", broken, false, undefined],
  ["is refused", () => ({ ok: false, refusal: { message: "No such thing." } }), false, "refused: No such thing."],
] as const)("one that %s is found among the others, which are applied", async (_, fail, isLast, outcome) => {
  applying(6, fail);
  await applyHooks(actor, { environment: 1, connector: 1 }, hooks, { isLast: () => isLast });
  expect(settled.get(6)).toBe(outcome);
  expect([1, 2, 3, 4, 5, 7, 8].map((id) => settled.get(id))).toEqual([null, null, null, null, null, null, null]);
});

test.each([
  ["away", "Can't reach database server at 127.0.0.1:5432"], ["out of connections", "Database error. Code: `53300`. Message: `too many clients`"],
])("a database that is %s is thrown at once: nothing is parted, nothing settled, however long it waited", async (_, message) => {
  applying(6, () => {
    throw new Error(message);
  });
  await expect(applyHooks(actor, { environment: 1, connector: 1 }, hooks, { isLast: () => true })).rejects.toThrow(message);
  expect([step.apply.mock.calls.length, settled.size]).toEqual([1, 0]);
});

test("deadlocks without an end are no webhook's fault either", async () => {
  const { Prisma } = await import("@/lib/generated/prisma/client");
  applying(6, () => {
    throw new Prisma.PrismaClientKnownRequestError("deadlock", { code: "P2034", clientVersion: "1" });
  });
  await expect(applyHooks(actor, { environment: 1, connector: 1 }, hooks, { isLast: () => true })).rejects.toThrow("deadlock");
  expect([step.apply.mock.calls.length, settled.size]).toEqual([1, 0]);
});

test("once it has to stop nothing is tried anew; what was not applied waits", async () => {
  const stop = new AbortController();
  applying(6, () => {
    if (step.apply.mock.calls.length === 2) stop.abort(); // the second half, which holds the bad one
    return broken();
  });
  step.apply.mockImplementationOnce(broken);
  await applyHooks(actor, { environment: 1, connector: 1 }, [...hooks.slice(4), ...hooks.slice(0, 4)], { isLast: () => true, stop: stop.signal });
  expect([step.apply.mock.calls.length, settled.size]).toEqual([2, 0]);
});
