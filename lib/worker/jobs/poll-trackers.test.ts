import { beforeEach, expect, test, vi } from "vitest";
import type { There } from "@/lib/plugins/connectors/contract";
import { pollTracker } from "./poll-trackers";

// One report that cannot be recorded, and throws, keeps neither the others of its page away nor the page from being noted.

const step = vi.hoisted(() => ({ recorded: [""], noted: [""] }));
const there = (key: string): There => ({ key, id: key, url: null, status: "Done", isDone: true, isStarted: false, assignee: null, title: null, severity: null, updatedAt: null });

vi.mock("@/lib/queries/hooks-waiting", () => ({ trackerToAsk: () => ({ id: 1, environment: 1, name: "Tracker", isLeftAlone: false }), unheardIssues: () => [] }));
vi.mock("@/lib/worker/jobs/asked-tracker", () => ({ askedTracker: () => ({ look: null, changes: () => ({ found: ["A", "B", "C", "D", "E"].map(there), cursor: "after E", more: false }) }) }));
vi.mock("@/lib/commands/hooks/poll", () => ({
  takeTurn: () => ({ ok: true, value: { cursor: null } }),
  noteTurn: (_: unknown, { heard }: { heard: { cursor: string } }) => {
    step.noted.push(heard.cursor);
    return { ok: true, value: { isKept: true } };
  },
}));
vi.mock("@/lib/commands/tickets/apply-there", () => ({
  applyThere: (_: unknown, { reports }: { reports: { key: string }[] }) => {
    if (reports.some(({ key }) => key === "D")) throw new Error("duplicate key value violates unique constraint");
    step.recorded.push(...reports.map(({ key }) => key));
    return { ok: true, value: [] };
  },
}));

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  step.recorded.length = step.noted.length = 0;
});

test("the page is parted until the one in the way is alone, the others are recorded and the page is noted", async () => {
  expect(await pollTracker(1)).toBe(5);
  expect([step.recorded, step.noted]).toEqual([["A", "B", "C", "E"], ["after E"]]);
});
