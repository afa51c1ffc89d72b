import fc from "fast-check";
import { expect, test } from "vitest";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { MOST_ASKED } from "./change-pace";
import { NO_COUNTS, pageOf, rowOf } from "./queue-sample";
import { queueReducer, startQueue, type QueueState } from "./queue-state";

/** A queue of fourteen beyond the rows that are loaded, and what a server holds; `isDear`: nobody has counted it yet. */
function world(isDear = false, length = 6) {
  const loaded = new Map(Array.from({ length }, (_, at) => [at + 1, rowOf(at + 1)] as const));
  const beyond = { old: 14, fresh: 0 };
  let state: QueueState = startQueue(pageOf([...loaded.values()], { total: isDear ? null : length + 14, nextCursor: "more" }));
  const isIn = (row: FindingRow) => row.governance === "open";
  const total = () => [...loaded.values()].filter(isIn).length + beyond.old + beyond.fresh;
  return {
    beyond,
    turn(number: number) {
      const row = loaded.get(number) ?? rowOf(number);
      loaded.set(number, { ...row, version: row.version + 1, governance: isIn(row) ? "in_progress" : "open", response: isIn(row) ? "investigating" : "needs_review" });
    },
    /** An answer about these rows, with what happens between reading them and counting. */
    hear(numbers: readonly number[], between: () => void = () => undefined): number {
      const rows = numbers.flatMap((number) => loaded.get(number) ?? []);
      between();
      state = queueReducer(state, { type: "changes", page: state.page, heard: { answer: { rows, moved: [], counts: NO_COUNTS, total: total(), fitting: rows.filter(isIn).map(({ number }) => number), arrived: [] }, unknown: [] } });
      return state.news.more;
    },
    /** This person decides a row, or takes that back. */
    mine(number: number) {
      this.turn(number);
      state = queueReducer(state, { type: "settle", numbers: [number], rows: [loaded.get(number) ?? rowOf(number)], counts: null });
    },
    count() { state = queueReducer(state, { type: "counted", page: state.page, counts: state.counts, tabs: { ...NO_COUNTS.tabs, needs_review: total() } }); },
    /** Loaded rows that are in the queue again and that nobody has told of yet: they are new to the list too. */
    untold: () => [...loaded.values()].filter((row) => isIn(row) && !state.rows.some(({ number, governance }) => number === row.number && governance === "open")).length,
    /** Somebody takes a row out of the queue, where it is in it. */
    take(number: number) { if (isIn(loaded.get(number) ?? rowOf(number))) this.turn(number); },
  };
}

const ALL = [1, 2, 3, 4, 5, 6];

test("a row that is found to have left only when it comes into view calls nothing new that is not", () => {
  const { turn, hear, beyond } = world();
  turn(5);
  turn(6);
  expect(hear([1, 2])).toBe(0); // the total has fallen already
  expect(hear([5, 6])).toBe(0);
  beyond.fresh = 2;
  expect(hear([1, 2])).toBe(2);
});

test("what left from beyond the loaded rows hides what comes afterwards no longer than it takes to look once more", () => {
  const { hear, beyond } = world();
  beyond.old = 4;
  expect(hear(ALL)).toBe(0);
  expect(hear(ALL)).toBe(0);
  beyond.fresh = 3;
  expect(hear(ALL)).toBe(3);
});

const event = fc.oneof(
  fc.record({ do: fc.constantFrom("turn" as const, "mine" as const), number: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constantFrom("leave" as const, "come" as const, "count" as const), number: fc.constant(0) }),
  fc.record({ do: fc.constant("hear" as const), number: fc.integer({ min: 1, max: 6 }), between: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }) }),
);

test("a decision of one's own that is taken back brings nothing new", () => {
  const server = world();
  server.mine(2);
  expect(server.hear(ALL)).toBe(0);
  server.mine(2);
  expect(server.hear(ALL)).toBe(0);
  server.beyond.fresh = 1;
  expect(server.hear(ALL)).toBe(1);
});

test("of a queue that is counted late nothing is new that was there when it was counted, and what comes afterwards is, once the loaded rows are where they were", () => {
  const { turn, hear, count, beyond } = world(true);
  turn(6); // nobody has told of it when the number comes
  count();
  expect(hear([6])).toBe(0);
  expect(hear(ALL)).toBe(0);
  beyond.fresh = 4;
  expect(hear(ALL)).toBe(4);
});

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

test("of more rows than one question names, what is new is told as far as it is sure, and all of it once each row was looked at and none is found to have left before", () => {
  const { turn, hear, count, beyond } = world(true, 230);
  count();
  turn(229);
  beyond.fresh = 40;
  expect(hear(upTo(MOST_ASKED)), "any of thirty may have left").toBe(40 - 30 - 1);
  expect(hear(upTo(228, 201))).toBe(40 - 2 - 1);
  expect(hear([229, 230]), "one had").toBe(40 - 1);
  beyond.fresh = 50;
  expect(hear(upTo(MOST_ASKED))).toBe(50 - 1);
});

test("of more rows than one question names, one that was out when they were counted and came back is not what was counted then", () => {
  const seen = world(true, 206);
  seen.mine(5);
  seen.count();
  seen.turn(5);
  expect(seen.hear(upTo(MOST_ASKED))).toBe(0);
  expect(seen.hear(upTo(206, 201))).toBe(0);

  const unseen = world(true, 206);
  unseen.turn(203); // nobody has told of it when the number comes
  unseen.count();
  expect(unseen.hear(upTo(MOST_ASKED))).toBe(0);
  unseen.turn(203);
  expect(unseen.hear(upTo(206, 201))).toBe(0);
});

test("rows that were read before the number of their queue was, and are more than it, call nothing new", () => {
  const rows = upTo(3).map(rowOf);
  const answer = { rows, moved: [], counts: NO_COUNTS, total: 3, fitting: [1, 2, 3], arrived: [] };
  const state = startQueue(pageOf(rows, { total: 2 }));
  expect(queueReducer(state, { type: "changes", page: state.page, heard: { answer, unknown: [] } }).news.more).toBe(0);
});

test("whatever comes and goes while more rows are loaded than one question names: never is more called new than has come", () => {
  const number = fc.integer({ min: 198, max: 206 });
  const many = fc.oneof(
    fc.record({ do: fc.constantFrom("turn" as const, "mine" as const), number }),
    fc.record({ do: fc.constantFrom("leave" as const, "come" as const, "come" as const, "count" as const), number: fc.constant(0) }),
    fc.record({ do: fc.constant("hear" as const), number: fc.constant(0), asked: fc.oneof(fc.constant(upTo(MOST_ASKED)), fc.array(number, { maxLength: 9 })), between: fc.array(number, { maxLength: 2 }) }),
  );
  fc.assert(fc.property(fc.array(many, { maxLength: 25 }), (events) => {
    const server = world(true, 206);
    server.count();
    for (const each of events) {
      if (each.do === "turn" || each.do === "mine") server[each.do](each.number);
      if (each.do === "leave" && server.beyond.old > 0) server.beyond.old -= 1;
      if (each.do === "come") server.beyond.fresh += 1;
      if (each.do === "count") server.count();
      if ("between" in each) expect(server.hear([...new Set(each.asked)], () => each.between.forEach((taken) => server.take(taken)))).toBeLessThanOrEqual(server.beyond.fresh + server.untold());
    }
  }), { numRuns: 300 });
});

test("whatever comes and goes, and whatever is decided between two reads of one answer: never is more called new than has come, and all of it once it is quiet and nothing left from beyond", () => {
  fc.assert(fc.property(fc.array(event, { maxLength: 30 }), fc.boolean(), (events, isDear) => {
    const server = world(isDear);
    const { hear, beyond } = server;
    for (const each of events) {
      if (each.do === "turn" || each.do === "mine") server[each.do](each.number);
      if (each.do === "leave" && beyond.old > 0) beyond.old -= 1;
      if (each.do === "come") beyond.fresh += 1;
      if (each.do === "count") server.count();
      if ("between" in each) expect(hear(ALL.slice(each.number - 1), () => each.between.forEach((number) => server.take(number)))).toBeLessThanOrEqual(beyond.fresh + server.untold());
    }
    hear(ALL);
    const more = hear(ALL);
    expect(more).toBeLessThanOrEqual(beyond.fresh);
    if (beyond.old === 14 && !isDear) expect(more).toBe(beyond.fresh);
  }), { numRuns: 500 });
});
