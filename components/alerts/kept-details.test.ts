import { expect, test } from "vitest";
import { keeping, loadings, MOST_KEPT, type Loaded } from "./kept-details";

const loading: Loaded = { state: "loading" };

test("a day of j and k keeps the newest fifty; one that is read again is among them", () => {
  let known: ReadonlyMap<number, Loaded> = new Map();
  for (let number = 1; number <= 1_000; number += 1) {
    known = keeping(known, number, loading);
    known = keeping(known, 7, loading);
  }
  expect(known.size).toBe(MOST_KEPT);
  expect([...known.keys()].slice(-3)).toEqual([999, 1_000, 7]);
  expect(known.has(500)).toBe(false);
});

test("of two loads of one finding the later one counts, whichever answers first; loads of others are not its business", () => {
  const { begin } = loadings();
  const [first, other, second] = [begin(1), begin(2), begin(1)];
  expect([second(), first(), other()]).toEqual([true, false, true]);
  const [third, fourth] = [begin(1), begin(1)];
  expect([third(), fourth(), fourth()]).toEqual([false, true, false]);
});
