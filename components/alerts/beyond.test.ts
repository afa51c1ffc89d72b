import fc from "fast-check";
import { expect, test } from "vitest";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { NO_COUNTS, pageOf, rowOf } from "./queue-sample";
import { queueReducer, startQueue, type QueueState } from "./queue-state";

/** A queue of twenty of which six are loaded, and what a server holds; `isDear`: nobody has counted it yet. */
function world(isDear = false) {
  const loaded = new Map(Array.from({ length: 6 }, (_, at) => [at + 1, rowOf(at + 1)] as const));
  const beyond = { old: 14, fresh: 0 };
  let state: QueueState = startQueue(pageOf([...loaded.values()], { total: isDear ? null : 20, nextCursor: "more" }));
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
      state = queueReducer(state, { type: "changes", heard: { answer: { rows, moved: [], counts: NO_COUNTS, total: total(), fitting: rows.filter(isIn).map(({ number }) => number), arrived: [] }, unknown: [] } });
      return state.news.more;
    },
    /** This person decides a row, or takes that back. */
    mine(number: number) {
      this.turn(number);
      state = queueReducer(state, { type: "settle", numbers: [number], rows: [loaded.get(number) ?? rowOf(number)], counts: null });
    },
    count() { state = queueReducer(state, { type: "counted", page: state.page, tabs: { ...NO_COUNTS.tabs, needs_review: total() } }); },
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
