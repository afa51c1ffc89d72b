import { expect, test } from "vitest";
import { NO_COUNTS, pageOf, rowOf } from "./queue-sample";
import { guessedTabs, queueReducer, shownRows, startQueue } from "./queue-state";

test("rows that are read upwards come before the others once each, and the place of the first goes down to none", () => {
  const page = pageOf([rowOf(21), rowOf(22)], { offset: 20, previousCursor: "up", total: 40 });
  const higher = queueReducer(startQueue(page), { type: "rowsAbove", page, rows: [rowOf(9), rowOf(10), rowOf(21)], previousCursor: "further" });
  expect(higher.rows.map(({ number }) => number)).toEqual([9, 10, 21, 22]);
  expect(higher).toMatchObject({ offset: 18, previousCursor: "further", above: "idle" });
  // Others decided meanwhile: fewer stand above than were counted. At the top none does, whatever was counted.
  expect(queueReducer(higher, { type: "rowsAbove", page, rows: [rowOf(1)], previousCursor: null })).toMatchObject({ offset: 0, previousCursor: null });
});

test("rows that were asked for before another queue came are no part of it, whatever became of the question", () => {
  const [before, page] = [pageOf([rowOf(1)], { nextCursor: "down", previousCursor: "up" }), pageOf([rowOf(7)], { nextCursor: "on", previousCursor: "back" })];
  const asked = queueReducer(queueReducer(startQueue(before), { type: "more", page: before, now: "loading" }), { type: "above", page: before, now: "loading" });
  const start = queueReducer(asked, { type: "page", page });
  const late = [
    { type: "rows", page: before, rows: [rowOf(2)], nextCursor: "further" }, { type: "rowsAbove", page: before, rows: [rowOf(3)], previousCursor: null },
    { type: "more", page: before, now: "failed" }, { type: "above", page: before, now: "failed" },
    { type: "changes", page: before, heard: { answer: { rows: [rowOf(7)], moved: [], counts: NO_COUNTS, total: 0, fitting: [], arrived: [9] }, unknown: [9] } },
  ] as const;
  expect(late.reduce(queueReducer, start)).toEqual(start);
  expect([start.more, start.above]).toEqual(["idle", "idle"]);
  expect(queueReducer(start, { type: "rows", page, rows: [rowOf(8)], nextCursor: null }).rows.map(({ number }) => number)).toEqual([7, 8]);
});

test("a decision on one of a hundred thousand makes one new row: all others stay the very same", () => {
  const rows = Array.from({ length: 100_000 }, (_, at) => rowOf(at + 1));
  const before = startQueue(pageOf(rows, { total: rows.length }));
  const assignee = { id: 1, name: "Ann", email: "ann@example.test", initials: "AN" };
  const after = queueReducer(before, { type: "guess", numbers: [50_000], guess: () => ({ assignee }) });
  const shown = shownRows(after);
  expect(shown.filter((row, at) => row !== rows[at]).map(({ number }) => number)).toEqual([50_000]);
  expect(guessedTabs(before)).toBe(NO_COUNTS.tabs);
  const gone = queueReducer(before, { type: "guess", numbers: [1, 2], guess: () => ({ governance: "in_progress", response: "investigating" }) });
  expect(shownRows(gone)).toHaveLength(99_998);
  expect(guessedTabs(gone)).toMatchObject({ needs_review: -2, investigating: 2 });
  const settled = queueReducer(gone, { type: "settle", numbers: [1, 2], rows: [{ ...rowOf(1), governance: "in_progress", response: "investigating", version: 1 }], counts: null });
  expect(settled.total).toBe(99_999);
});

test("a number that is dear comes after the rows: what was decided meanwhile is in it, what is decided then is taken off, and one of another queue is no number of this one", () => {
  const page = pageOf([rowOf(1), rowOf(2), rowOf(3)], { total: null, nextCursor: "more" });
  const tabs = (needs_review: number) => ({ ...NO_COUNTS.tabs, needs_review, all: 90 });
  const taken = (number: number) => ({ type: "settle", numbers: [number], rows: [{ ...rowOf(number), governance: "in_progress", response: "investigating", version: 1 }], counts: null }) as const;
  const waiting = queueReducer(startQueue(page), taken(1));
  expect([waiting.total, shownRows(waiting).length]).toEqual([null, 2]);
  expect(queueReducer(waiting, { type: "counted", page: pageOf([]), counts: waiting.counts, tabs: tabs(7) }).total).toBeNull();

  const known = queueReducer(waiting, { type: "counted", page, counts: waiting.counts, tabs: tabs(41) });
  expect(known.total).toBe(41);
  expect(queueReducer(known, taken(2)).total).toBe(40);
  expect(queueReducer(startQueue(pageOf([rowOf(1)])), { type: "counted", page, counts: NO_COUNTS, tabs: tabs(41) }).total).toBe(1);
});

test("a number that comes while a decision is on its way, or that was asked for before its answer, is not taken: nobody knows whether the decision is in it", () => {
  const page = pageOf([rowOf(1), rowOf(2)], { total: null, nextCursor: "more" });
  const decided = { governance: "in_progress", response: "investigating" } as const;
  const start = startQueue(page);
  const count = (counts: typeof start.counts, left: number) => ({ type: "counted", page, counts, tabs: { ...NO_COUNTS.tabs, needs_review: left } }) as const;
  const answer = { type: "settle", numbers: [1], rows: [{ ...rowOf(1), ...decided, version: 1 }], counts: null } as const;

  const guessed = queueReducer(start, { type: "guess", numbers: [1], guess: () => decided });
  const settled = queueReducer(queueReducer(guessed, count(start.counts, 40)), answer); // decided over there already: 40 without it
  expect([settled.total, settled.beyond.said]).toEqual([null, null]);
  const late = queueReducer(settled, count(start.counts, 41)); // asked before the answer
  expect([late.total, late.beyond.said]).toEqual([null, null]);
  expect(queueReducer(late, count(late.counts, 40)).total, "asked for anew").toBe(40);
});
