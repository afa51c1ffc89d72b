import { beforeEach, expect, test, vi } from "vitest";
import { toast } from "@/components/ui/toast";
import { rowOf } from "./queue-sample";
import { forgetDeed, rememberDeed, repeatOn, type Deed } from "./use-line";

vi.mock("@/components/ui/toast", () => ({ toast: vi.fn() }));
beforeEach(() => { vi.mocked(toast).mockClear(); });

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
