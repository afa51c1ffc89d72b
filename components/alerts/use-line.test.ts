import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { toast } from "@/components/ui/toast";
import { refuse } from "@/lib/domain/refusal";
import { rowOf } from "./queue-sample";
import { discardAll, forgetDeed, lineOf, rememberDeed, repeatOn, type Deed } from "./use-line";

vi.mock("@/components/ui/toast", () => ({ toast: vi.fn() }));
beforeEach(() => { vi.mocked(toast).mockClear(); });
afterEach(() => { vi.useRealTimers(); });

const deed = (did: string): Deed => ({ items: [], did, guess: () => ({}), call: () => Promise.reject(new Error("never sent")), again: () => deed(did) });

test("after a bulk action the key repeats nothing, least of all the decision before it; the next decision is repeated again", () => {
  const done: string[] = [];
  const repeat = () => repeatOn(7, [rowOf(1)], ({ did }) => done.push(did));
  repeat();
  expect(toast).toHaveBeenLastCalledWith(expect.objectContaining({ title: "Nothing to repeat yet" }));
  rememberDeed(7, deed("Accepted"));
  repeat();
  expect(done).toEqual(["Accepted"]);
  forgetDeed(7);
  repeat();
  expect([done, vi.mocked(toast).mock.lastCall?.[0].title]).toEqual([["Accepted"], "A bulk action is not repeated by a key"]);
  rememberDeed(7, deed("Closed"));
  repeat();
  expect(done).toEqual(["Accepted", "Closed"]);
});

test.each([
  ["what may have been done is said to be given up, not taken back", () => Promise.reject(new Error("Failed to fetch")), "Given up, but perhaps done: Patched, F-3"],
  ["what was surely not done goes without a word", () => Promise.resolve(refuse("unauthenticated", "You are signed out.")), undefined],
] as const)("of what stands aside, %s", async (_what, call, said) => {
  vi.useFakeTimers();
  const { line } = lineOf(8);
  line.push({ ...deed("Patched"), items: [{ number: 3, version: 0 }], call });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(line.entries().map(({ standing }) => standing)).toEqual(["stuck"]);
  discardAll();
  expect([line.entries(), vi.mocked(toast).mock.lastCall?.[0].title]).toEqual([[], said]);
});
