import { expect, test } from "vitest";
import { pageOf, rowOf } from "./queue-sample";
import { queueReducer, shownRows, startQueue, type QueueEvent, type QueueState } from "./queue-state";
import { refusedIn } from "./refused";

const refusal = (numbers: readonly number[]): QueueEvent => ({ type: "trouble", numbers, trouble: { kind: "refused", why: "No." } });
const told = (state: QueueState) => refusedIn(state, shownRows(state));

test("a refused decision is shown where its finding stands in the list; one that somebody else took out of it says what it is, one of another queue only its number", () => {
  const start = startQueue(pageOf([rowOf(1), rowOf(2), rowOf(3)]));
  expect(told(start)).toBeNull();
  expect(told(queueReducer(start, { type: "trouble", numbers: [1], trouble: { kind: "stuck", why: "No answer" } }))).toBeNull();
  const refused = queueReducer(start, refusal([2]));
  expect(told(refused)).toEqual({ count: 1, number: 2, isHere: true, response: null });

  const accepted = { ...rowOf(2), governance: "accepted_risk", response: "accepted_risk", version: 1 } as const;
  const gone = queueReducer(refused, { type: "settle", numbers: [2], rows: [accepted], counts: null });
  expect(told(gone)).toEqual({ count: 1, number: 2, isHere: false, response: "accepted_risk" });
  expect(told(queueReducer(gone, refusal([3]))), "what can be shown comes first").toEqual({ count: 2, number: 3, isHere: true, response: null });
  expect(told(queueReducer(gone, { type: "page", page: pageOf([rowOf(7)]) }))).toEqual({ count: 1, number: 2, isHere: false, response: null });
  expect(told(queueReducer(gone, { type: "forget" }))).toBeNull();
});
