import { describe, expect, test } from "vitest";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { BulkOutcome } from "@/lib/domain/views/actions";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { decisionLine, type Lined, type Sent } from "./decision-line";

type Deed = Lined & { name: string };
const COUNTS = { tabs: { needs_review: 0, investigating: 0, accepted_risk: 0, closed: 0, all: 0 } };

function rowOf(number: number, version: number): FindingRow {
  const row: unknown = { number, version };
  if (!isRow(row)) throw new Error("no row");
  return row;
}
const isRow = (row: unknown): row is FindingRow => typeof row === "object" && row !== null && "number" in row;
const isOutcome = (value: unknown): value is BulkOutcome => typeof value === "object" && value !== null;

function outcome(...rows: FindingRow[]): Result<BulkOutcome> {
  const value: unknown = { actionId: "a", changed: rows.length, skipped: [], undoUntil: null, rows, counts: COUNTS };
  if (!isOutcome(value)) throw new Error("no outcome");
  return ok(value);
}

/** A line with a clock that is turned by hand; what was sent stands in `sent`. */
function stage() {
  let keys = 0;
  const timers: { at: number; act: () => void }[] = [];
  let now = 0;
  const sent: { name: string; sent: Sent }[] = [];
  const line = decisionLine<Deed>(() => undefined, { later: (act, ms) => timers.push({ at: now + ms, act }), key: () => `key ${(keys += 1)}` });
  const breathe = () => new Promise((resolve) => setImmediate(resolve));
  return {
    line, sent, breathe,
    turn: async (ms: number) => {
      now += ms;
      for (const timer of timers.splice(0).sort((a, b) => a.at - b.at)) if (timer.at <= now) timer.act(); else timers.push(timer);
      await breathe();
    },
    deed: (name: string, number: number, answers: (() => Promise<Result<BulkOutcome>>)[]): Deed => ({
      name, items: [{ number, version: 0 }],
      call: (what) => { sent.push({ name, sent: what }); return (answers.shift() ?? (() => Promise.resolve(outcome(rowOf(number, what.items[0]!.version + 1)))))(); },
    }),
  };
}

const never = () => new Promise<Result<BulkOutcome>>(() => undefined);
const broken = () => Promise.reject(new TypeError("Failed to fetch"));

describe("decisions in a line", () => {
  test("go out in order, one after the other, and on one finding on what the one before made of it", async () => {
    const { line, sent, deed, breathe } = stage();
    for (const [name, number] of [["a", 1], ["b", 2], ["c", 1], ["d", 1]] as const) line.push(deed(name, number, []));
    expect(sent.map(({ name }) => name)).toEqual(["a"]);
    await breathe();
    expect(sent.map(({ name, sent: { items } }) => [name, items[0]?.version])).toEqual([["a", 0], ["b", 0], ["c", 1], ["d", 2]]);
    expect(line.entries()).toEqual([]);
  });

  test("without an answer are tried again under the same key, then stand aside; the others go on, those on the same finding wait", async () => {
    const { line, sent, deed, turn, breathe } = stage();
    const first = line.push(deed("a", 1, [broken, broken, broken, broken]));
    line.push(deed("b", 2, []));
    line.push(deed("c", 1, []));
    await breathe();
    for (const ms of [600, 1_800, 4_000]) await turn(ms);
    expect(sent.map(({ name }) => name)).toEqual(["a", "b", "a", "a", "a"]);
    expect(new Set(sent.filter(({ name }) => name === "a").map(({ sent: { key } }) => key)).size).toBe(1);
    expect(line.entries().map(({ deed: { name }, standing, why }) => [name, standing, why])).toEqual([["a", "stuck", "Docket did not answer"], ["c", "waiting", ""]]);
    line.retry();
    expect(await first.answered).toMatchObject({ result: { ok: true } });
    await breathe();
    expect(sent.at(-1)).toMatchObject({ name: "c", sent: { items: [{ version: 1 }] } });
    expect(line.entries()).toEqual([]);
  });

  test("what our own decisions made of a version is told from what others did, once they are all answered", async () => {
    const { line, deed, breathe } = stage();
    for (const number of [1, 1, 2]) line.push(deed("a", number, []));
    expect([1, 2, 3].map((number) => line.ownVersion({ number, version: 0 }))).toEqual([null, null, 0]);
    await breathe();
    expect([1, 2, 3].map((number) => line.ownVersion({ number, version: 0 }))).toEqual([2, 1, 0]);
  });

  test("a slow one does not hold up the rest for long, nor do more than four go out at once", async () => {
    const { line, sent, deed, turn } = stage();
    for (let number = 1; number <= 6; number += 1) line.push(deed(String(number), number, [never]));
    expect(sent).toHaveLength(1);
    for (let step = 2; step <= 6; step += 1) {
      await turn(2_500);
      expect(sent).toHaveLength(Math.min(4, step));
    }
  });

  test("a refusal is an answer; who was signed out keeps the decision, and a waiting one can be taken out", async () => {
    const { line, deed, breathe } = stage();
    const no = line.push(deed("a", 1, [() => Promise.resolve(refuse("illegal", "No."))]));
    const out = line.push(deed("b", 2, [() => Promise.resolve(refuse("unauthenticated", "You are signed out."))]));
    const late = line.push(deed("c", 2, []));
    expect(await no.answered).toMatchObject({ result: { ok: false, refusal: { code: "illegal" } } });
    await breathe();
    expect(line.entries().map(({ standing, why }) => [standing, why])).toEqual([["stuck", "You are signed out."], ["waiting", ""]]);
    expect([line.drop(late.id), await late.answered]).toEqual([true, null]);
    expect([line.drop(out.id), await out.answered, line.drop(out.id)]).toEqual([true, null, false]);
  });

  test("what was never sent is taken back without a word to the server; what may have arrived is sent again under its key, and taken back after its answer", async () => {
    const { line, sent, deed, turn, breathe } = stage();
    line.push(deed("first", 1, [broken, broken, broken, broken]));
    const behind = line.push(deed("behind", 1, []));
    await breathe();
    for (const ms of [600, 1_800, 4_000]) await turn(ms);
    expect(line.entries().map(({ standing, mayBeDone }) => [standing, mayBeDone])).toEqual([["stuck", true], ["waiting", false]]);
    expect([line.recall(behind.id), await behind.answered]).toEqual([true, null]);
    const [first] = line.entries();
    line.push(deed("taken back", 1, []));
    expect(line.recall(first!.id)).toBe(false);
    await breathe();
    expect(sent.slice(-2).map(({ name, sent: { items } }) => [name, items[0]?.version])).toEqual([["first", 0], ["taken back", 1]]);
    expect(new Set(sent.filter(({ name }) => name === "first").map(({ sent: { key } }) => key)).size).toBe(1);
    expect(line.entries()).toEqual([]);
  });

  test("what was refused before anything was done, as of one who is signed out, was surely not done", async () => {
    const { line, deed, breathe, turn } = stage();
    const out = () => Promise.resolve(refuse("unauthenticated", "You are signed out."));
    const [never, perhaps] = [line.push(deed("a", 1, [out])), line.push(deed("b", 2, [broken, out]))];
    await breathe();
    await turn(600);
    expect(line.entries().map(({ standing, mayBeDone }) => [standing, mayBeDone])).toEqual([["stuck", false], ["stuck", true]]);
    expect([line.recall(never.id), line.recall(perhaps.id)]).toEqual([true, false]);
  });

  test("one that was sent and waits for its turn again is not taken out as if it had never been sent", async () => {
    const { line, deed, turn, breathe } = stage();
    const stuck = line.push(deed("a", 1, [broken, broken, broken, broken]));
    await breathe();
    for (const ms of [600, 1_800, 4_000]) await turn(ms);
    line.push(deed("slow", 2, [never]));
    line.retry();
    expect(line.entries().map(({ standing, tries }) => [standing, tries])).toEqual([["waiting", 0], ["sending", 1]]);
    expect([line.drop(stuck.id), line.recall(stuck.id)]).toEqual([false, false]);
  });
});
