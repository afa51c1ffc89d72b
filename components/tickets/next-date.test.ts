import { expect, test } from "vitest";
import { nextDate } from "./next-date";

const NOW = Date.parse("2026-03-10T00:00:00Z");
const [BEFORE, AFTER] = ["2026-03-07T00:00:00Z", "2026-03-12T00:00:00Z"];
const none = { dueOn: null, followUpOn: null, retestAt: null };

test("what is due or to be followed up is overdue once its day is over; a closed ticket that waits for the next scan never is", () => {
  expect(nextDate({ ...none, state: "open", dueOn: BEFORE, retestAt: AFTER }, NOW)).toEqual({ word: "due", at: BEFORE, isOver: true });
  expect(nextDate({ ...none, state: "closed", followUpOn: BEFORE }, NOW)).toEqual({ word: "follow up", at: BEFORE, isOver: true });
  expect(nextDate({ ...none, state: "closed", dueOn: BEFORE, retestAt: BEFORE }, NOW)).toEqual({ word: "next scan since", at: BEFORE, isOver: false });
  expect(nextDate({ ...none, state: "closed", retestAt: AFTER }, NOW)).toEqual({ word: "next scan", at: AFTER, isOver: false });
  expect(nextDate({ ...none, state: "closed", dueOn: BEFORE }, NOW)).toBeNull();
});
