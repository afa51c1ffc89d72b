import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { departures } from "./departures";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test("each row that left goes when its own time is over, however much leaves after it; one that came back in between begins anew, and a screen that is gone buries nobody", () => {
  const buried: (readonly number[])[] = [];
  const leaving = departures(4_000, (numbers) => buried.push(numbers));
  const moments: [left: readonly number[], ms: number][] = [[[1, 2], 2_000], [[1, 2, 3], 1_000], [[1, 3, 4], 500], [[1, 2, 3, 4], 400]];
  for (const [left, ms] of moments) {
    leaving.see(left);
    vi.advanceTimersByTime(ms);
  }
  expect(buried).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(buried, "2 had come back").toEqual([[1]]);
  leaving.see([2, 3, 4]);
  vi.advanceTimersByTime(2_000);
  expect(buried).toEqual([[1], [3]]);
  leaving.see([2, 4]);
  vi.advanceTimersByTime(1_500);
  expect(buried).toEqual([[1], [3], [4], [2]]);
  leaving.see([5]);
  leaving.stop();
  vi.advanceTimersByTime(10_000);
  expect(buried).toHaveLength(4);
});
