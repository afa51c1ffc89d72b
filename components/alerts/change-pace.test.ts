import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { changePace } from "./change-pace";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test("a storm of changes is a question now and then; a named finding does not wait for the look at everything", async () => {
  const asked: [number, number[], boolean][] = [];
  const pace = changePace(async (numbers, all) => { asked.push([performance.now(), [...numbers], all]); });
  const began = performance.now();
  pace.hear("many");
  await vi.advanceTimersByTimeAsync(10);
  pace.hear("many");
  pace.hear([7]);
  pace.hear([7, 8]);
  await vi.advanceTimersByTimeAsync(1_000);
  pace.hear([9]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked.map(([at, numbers, all]) => [Math.round((at - began) / 100), numbers, all])).toEqual([
    [0, [], true], [6, [7, 8], false], [12, [9], false], [25, [], true],
  ]);
  pace.hear([1]);
  pace.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toHaveLength(4);
});
