import { expect, test } from "vitest";
import { countWords, isGivenUp } from "./count-words";

test("who waits for a number is told so until three questions got no answer, then no longer; a number that comes after all is said", () => {
  const words = (total: number | null) => [0, 1, 2, 3, 9].map((missed) => countWords(true, total, isGivenUp(missed)));
  expect(words(null)).toEqual(["counting…", "counting…", "counting…", "", ""]);
  expect(new Set(words(1))).toEqual(new Set(["1 finding"]));
  expect(countWords(false, 12_000, false), "of a whole tab the tab says it").toBe("");
});
