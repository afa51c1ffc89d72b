import { beforeEach, expect, test, vi } from "vitest";
import { ask } from "@/components/shell/ask";
import { toast } from "@/components/ui/toast";
import type { BulkOutcome } from "@/lib/domain/views/actions";
import { askAgain } from "./moves";
import { NO_COUNTS, rowOf } from "./queue-sample";
import type { Deed } from "./use-line";

vi.mock("@/components/shell/ask", () => ({ ask: vi.fn() }));
vi.mock("@/components/ui/toast", () => ({ toast: vi.fn(), dismissAbout: vi.fn() }));
beforeEach(() => { vi.mocked(toast).mockClear(); });

const many = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const deedOn = (numbers: readonly number[]): Deed => ({
  did: "Closed", items: numbers.map((number) => ({ number, version: 0 })), guess: () => ({}),
  call: () => Promise.reject(new Error("not sent")), again: (rows) => deedOn(rows.map(({ number }) => number)),
});

/** Of 500 findings the first 200 were moved by somebody else. */
const [all, moved] = [many(500), many(200)];
const outcome: BulkOutcome = {
  actionId: "a", changed: 300, requested: 0, undoUntil: null, rows: all.map((number) => rowOf(number)), counts: NO_COUNTS,
  skipped: moved.map((number) => ({ number, code: "stale", why: "Ben changed it: status Open → Accepted risk." })),
};

/** What is said, and which findings its button decides. */
async function said(): Promise<{ title: string; description: string | undefined; again: number[] }> {
  const again: number[] = [];
  await askAgain(1, deedOn(all), outcome, new Set(moved), ({ items }) => again.push(...items.map(({ number }) => number)));
  const message = vi.mocked(toast).mock.lastCall?.[0];
  message?.action?.onClick();
  return { title: message?.title ?? "", description: message?.description, again };
}

test("however many were overtaken, all are counted and all are done again by one press", async () => {
  vi.mocked(ask).mockImplementationOnce((_environment, _door, asked = {}) => Promise.resolve("seen" in asked && Array.isArray(asked.seen) ? asked.seen.map(({ number }: { number: number }) => ({ row: rowOf(number), moves: [{ at: "", by: "Ben", changes: [] }] })) : null));
  expect(await said()).toEqual({ title: "Left alone: 200 have moved since", description: "F-1 · Ben: a note\nF-2 · Ben: a note\nF-3 · Ben: a note\nand 197 more", again: moved });
});

test("where nobody answers who moved them, the refusal says it", async () => {
  vi.mocked(ask).mockResolvedValueOnce(null);
  const { title, description, again } = await said();
  expect([title, description?.split("\n")[0], again.length]).toEqual(["Left alone: 200 have moved since", "F-1 · Ben changed it: status Open → Accepted risk.", 200]);
});
