import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { changePace, MOST_ASKED, questionOf } from "./change-pace";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test("a storm of changes is a question now and then; a named finding does not wait for the look at everything", async () => {
  const asked: [number, number[], boolean][] = [];
  const pace = changePace(async (numbers, all) => { asked.push([performance.now(), [...numbers], all]); return []; });
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

test("two messages of a hundred and fifty are two questions: what the first had no room for is in the second", async () => {
  const asked: number[][] = [];
  const pace = changePace(async (numbers) => {
    const [named, left] = questionOf(numbers, []);
    asked.push(named);
    return left;
  });
  pace.hear(Array.from({ length: 150 }, (_, at) => at + 1));
  pace.hear(Array.from({ length: 150 }, (_, at) => at + 151));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked.map(({ length }) => length)).toEqual([MOST_ASKED, 100]);
  expect(new Set(asked.flat()).size).toBe(300);
  pace.stop();
});

test("what was heard while another page was under way is asked about once more when it comes, as far as that page holds it; what is older is in it", async () => {
  const asked: [number[], boolean][] = [];
  const pace = changePace(async (numbers, all) => { asked.push([[...numbers], all]); return []; });
  pace.hear([1]);
  await vi.advanceTimersByTimeAsync(8_000);
  pace.hear([2, 3]);
  await vi.advanceTimersByTimeAsync(3_000);
  pace.again(new Set([1, 2]));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(asked).toEqual([[[1], false], [[2, 3], false], [[2], false]]);
  pace.hear("many");
  await vi.advanceTimersByTimeAsync(3_000);
  pace.again(new Set([4]));
  await vi.advanceTimersByTimeAsync(60_000);
  pace.again(new Set([2, 4]));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.slice(3)).toEqual([[[], true], [[], true]]);
  pace.stop();
});

const moment = fc.record({ heard: fc.oneof(fc.constant("many" as const), fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 250 })), isSilent: fc.boolean(), ms: fc.integer({ min: 0, max: 4_000 }) });

test("however the network comes and goes: once it stands, every change that was heard has been asked about after it was heard, and no question names too many", async () => {
  await fc.assert(fc.asyncProperty(fc.array(moment, { maxLength: 12 }), async (moments) => {
    const due = new Set<number>();
    let [isDue, isSilent, questions] = [false, false, 0];
    const pace = changePace(async (numbers, all) => {
      const [named, left] = questionOf(numbers, all ? [9_001, 9_002] : []);
      expect(named.length).toBeLessThanOrEqual(MOST_ASKED);
      questions += 1;
      if (isSilent) return null;
      if (all) { isDue = false; due.clear(); } // everything is marked as old then, and looked at
      for (const number of named) due.delete(number);
      return left;
    });
    for (const { heard, ms, isSilent: goes } of moments) {
      isSilent = goes;
      if (heard === "many") isDue = true;
      else for (const number of heard) due.add(number);
      pace.hear(heard);
      await vi.advanceTimersByTimeAsync(ms);
    }
    isSilent = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([isDue, [...due]]).toEqual([false, []]);
    const before = questions;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(questions, "and then it is quiet").toBe(before);
    pace.stop();
  }), { numRuns: 200 });
});

test("without an answer it asks less and less often; a screen that is gone asks no more, also where an answer was still out", async () => {
  const asked: number[] = [];
  const began = performance.now();
  const pace = changePace(async () => { asked.push(Math.round((performance.now() - began) / 100) / 10); return null; });
  pace.hear([1]);
  await vi.advanceTimersByTimeAsync(80_000);
  expect(asked).toEqual([0, 1.5, 5.5, 15.5, 45.5, 75.5]);
  let open: (left: number[]) => void = () => undefined;
  let count = 0;
  const other = changePace(() => { count += 1; return new Promise((done) => { open = done; }); });
  other.hear([1]);
  await vi.advanceTimersByTimeAsync(10);
  other.hear([2]);
  other.stop();
  open([]);
  pace.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([count, asked.length]).toEqual([1, 6]);
});
