import { expect, test } from "vitest";
import { namesOf } from "./stale";

test("what was left alone is named, three of many by their numbers", () => {
  expect([[1], [1, 2], [1, 2, 3], [1, 2, 3, 4], Array.from({ length: 1_003 }, (_, at) => at + 1)].map(namesOf)).toEqual([
    "F-1 has", "F-1 and F-2 have", "F-1, F-2 and F-3 have", "F-1, F-2, F-3 and 1 more have", "F-1, F-2, F-3 and 1,000 more have",
  ]);
});
