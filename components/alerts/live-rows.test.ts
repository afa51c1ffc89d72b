import fc from "fast-check";
import { expect, test } from "vitest";
import { isInTab } from "@/lib/domain/finding/governance";
import type { FindingRow } from "@/lib/domain/views/alerts";
import type { QueueChanges } from "@/lib/domain/views/live";
import { wholeTab } from "@/lib/domain/views/queue-address";
import { NO_COUNTS, pageOf, rowOf } from "./queue-sample";
import { queueReducer, shownRows, startQueue, type QueueState } from "./queue-state";

const ANN = { id: 1, name: "Ann", email: "ann@example.test", initials: "AN" };
const NOBODYS = { ...wholeTab("needs_review"), assignee: ["none"] };

/** What the server would say of findings, a filter for nobody's findings asked; `dropped` no longer match for a reason that no row shows. */
function answerOf(rows: readonly FindingRow[], more: Partial<QueueChanges> = {}, dropped: ReadonlySet<number> = new Set()): QueueChanges {
  const holds = (row: FindingRow) => isInTab("needs_review", row.scannerStatus, row.governance) && row.assignee === null && !dropped.has(row.number);
  return { rows, moved: [], counts: NO_COUNTS, total: rows.filter(holds).length, fitting: rows.filter(holds).map(({ number }) => number), arrived: [], ...more };
}

const queue = (count: number) => startQueue(pageOf(Array.from({ length: count }, (_, at) => rowOf(at + 1)), { filter: NOBODYS }));
const shown = (state: QueueState) => shownRows(state).map(({ number }) => number);
const taken = (number: number): FindingRow => ({ ...rowOf(number), assignee: ANN, version: 1 });

test("what a colleague takes leaves a queue of nobody's findings with a note, the count falls with it, and what is new beside it is still told", () => {
  const start = queue(4);
  const answer = answerOf([taken(1), taken(2), rowOf(3), rowOf(4)], { moved: [{ number: 1, by: "Ben" }], total: 4 }); // two of six thousand went, two came
  const heard = queueReducer(start, { type: "changes", page: start.page, heard: { answer, unknown: [] } });
  expect(shown(heard), "with its note for a moment").toEqual([1, 2, 3, 4]);
  expect([...heard.news.left]).toEqual([[1, "No longer matches the filter: changed by Ben"], [2, "No longer matches the filter"]]);
  expect([heard.total, heard.news.more]).toEqual([4, 2]);
  const after = queueReducer(heard, { type: "bury", numbers: [1, 2] });
  expect(shown(after)).toEqual([3, 4]);
  const back = queueReducer(after, { type: "changes", page: after.page, heard: { answer: answerOf([{ ...rowOf(1), version: 2 }], { total: 5 }), unknown: [] } });
  expect(shown(back), "given back, it stands where it stood").toEqual([1, 3, 4]);
});

test("what I take leaves at once and without a note; taken back, it is there before the server has answered", () => {
  const mine = queueReducer(queue(3), { type: "guess", numbers: [2], guess: () => ({ assignee: ANN }) });
  expect(shown(mine)).toEqual([1, 3]);
  const settled = queueReducer(mine, { type: "settle", numbers: [2], rows: [taken(2)], counts: null });
  expect([shown(settled), settled.total]).toEqual([[1, 3], 2]);
  const heard = queueReducer(settled, { type: "changes", page: settled.page, heard: { answer: answerOf([taken(2)], { total: 2 }), unknown: [] } });
  expect([shown(heard), heard.news.left.size, heard.total]).toEqual([[1, 3], 0, 2]);
  const tagged = queueReducer(heard, { type: "guess", numbers: [2], guess: () => ({ tags: ["edge"] }) });
  expect(shown(tagged), "another deed on it, in the drawer, brings it back into no list").toEqual([1, 3]);
  const undone = queueReducer(heard, { type: "guess", numbers: [2], guess: () => ({ assignee: null }) });
  expect(shown(undone)).toEqual([1, 2, 3]);
  expect(shown(queueReducer(mine, { type: "settle", numbers: [2], rows: [], counts: null })), "refused").toEqual([1, 2, 3]);
});

test("an answer that is older than what is known moves nothing, neither row nor count nor whether it fits", () => {
  const settled = queueReducer(queue(2), { type: "settle", numbers: [], rows: [{ ...rowOf(1), version: 5, title: "newer" }], counts: null });
  const late = queueReducer(settled, { type: "settle", numbers: [1], rows: [{ ...taken(1), version: 4 }], counts: null });
  expect([late.rows[0]?.title, shown(late), late.total]).toEqual(["newer", [1, 2], 2]);
  expect(shown(queueReducer(settled, { type: "changes", page: settled.page, heard: { answer: answerOf([{ ...taken(1), version: 4 }], { total: 2 }), unknown: [] } }))).toEqual([1, 2]);
});

type Step = { do: "mine" | "theirs" | "drop" | "undo" | "refused" | "hear" | "bury"; number: number };
const step = fc.record({ do: fc.constantFrom<Step["do"][]>("mine", "theirs", "drop", "undo", "refused", "hear", "bury"), number: fc.integer({ min: 1, max: 6 }) });

test("whatever this person, colleagues and the clock do: once all was heard, the list is what the filter holds, and the total counts it", () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const truth = new Map(queue(6).rows.map((row) => [row.number, row]));
    const dropped = new Set<number>();
    let state = queue(6);
    const look = (number: number) => truth.get(number) ?? rowOf(number);
    const change = (number: number, assignee: FindingRow["assignee"]) => truth.set(number, { ...look(number), assignee, version: look(number).version + 1 });
    const guess = (number: number, assignee: FindingRow["assignee"]) => { state = queueReducer(state, { type: "guess", numbers: [number], guess: () => ({ assignee }) }); };
    const settle = (number: number, rows: readonly FindingRow[]) => { state = queueReducer(state, { type: "settle", numbers: [number], rows, counts: null }); };
    const hear = (numbers: readonly number[]) => {
      const { total } = answerOf([...truth.values()], {}, dropped);
      state = queueReducer(state, { type: "changes", page: state.page, heard: { answer: answerOf(numbers.map(look), { total }, dropped), unknown: [] } });
    };
    for (const { do: act, number } of steps) {
      if (act === "mine" || act === "undo") {
        const to = act === "mine" ? ANN : null;
        guess(number, to);
        if (number % 2 === 0) hear([number]); // between key and answer
        change(number, to);
        if (number % 3 === 0) hear([number]); // before the answer itself
        settle(number, [look(number)]);
      }
      if (act === "refused") { guess(number, ANN); settle(number, []); }
      if (act === "theirs") change(number, look(number).assignee ? null : ANN);
      if (act === "drop") { if (!dropped.delete(number)) dropped.add(number); }
      if (act === "hear") hear([number]);
      if (act === "bury") state = queueReducer(state, { type: "bury", numbers: [...state.news.left.keys()] });
    }
    hear([...truth.keys()]);
    state = queueReducer(state, { type: "bury", numbers: [...state.news.left.keys()] });
    const holds = answerOf([...truth.values()], {}, dropped).fitting;
    expect(shown(state)).toEqual(holds);
    expect(state.total).toBe(holds.length);
  }), { numRuns: 400 });
});
