import { expect, test } from "vitest";
import { starred } from "./starred";

test("two stars in quick succession: the answer to the first leaves the second alone, and a refusal takes back no other's", () => {
  const both = starred(starred(new Set([9]), [1], () => true), [2], () => true);
  const answered = new Set([9, 1]); // the first answer knows nothing of the second star
  const first = starred(both, [1], (number) => answered.has(number));
  expect([...first]).toEqual([9, 1, 2]);
  expect([...starred(first, [2], () => false)], "the second is refused").toEqual([9, 1]);
});
