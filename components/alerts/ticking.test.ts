import { expect, test } from "vitest";
import { rowOf } from "./queue-sample";
import { ticking } from "./ticking";

/** A list of five with its cursor on the second: what is ticked, and whether all that match are chosen. */
function desk(isOn: boolean) {
  const rows = [1, 2, 3, 4, 5].map(rowOf);
  const ticked = new Set<number>();
  const said: string[] = [];
  const at = { index: 1 };
  const moveTo = (index: number) => { at.index = index; return rows[index] ?? null; };
  const toggle = (numbers: readonly number[], on?: boolean) => { for (const number of numbers) if (on ?? !ticked.has(number)) ticked.add(number); else ticked.delete(number); };
  const whole = { isOn, leave: () => { said.push("left"); whole.isOn = false; }, clear: () => { whole.isOn = false; } };
  const act = () => ticking(rows, {
    index: at.index, moveTo, toggle, clear: () => ticked.clear(),
    extend: (step) => { toggle([rows[at.index]!.number, rows[at.index + step]!.number], true); return moveTo(at.index + step); },
    toggleRange: (to) => { toggle(rows.slice(at.index, to + 1).map(({ number }) => number), true); moveTo(to); },
  }, whole);
  return { act, at, said, isOn: () => whole.isOn, ticked: () => [...ticked] };
}

test("with all that match chosen, keys and clicks that would add ticks nobody sees only move the cursor; Escape ends all of it", () => {
  const { act, at, ticked, isOn } = desk(true);
  act().extend(1);
  expect(at.index).toBe(2);
  act().range(4);
  act().all();
  expect(at.index).toBe(4);
  expect(ticked()).toEqual([]);
  expect(isOn(), "nothing was taken out").toBe(true);
  act().clear();
  expect(isOn()).toBe(false);
});

test("one taken out of all that match leaves the other loaded rows, and says that the rest is not selected any more", () => {
  const { act, ticked, said, isOn } = desk(true);
  act().tick(rowOf(4));
  expect(ticked()).toEqual([1, 2, 3, 5]);
  expect(isOn()).toBe(false);
  expect(said).toEqual(["left"]);
});

test("otherwise they tick what they pass", () => {
  const { act, ticked, isOn } = desk(false);
  act().extend(1);
  expect(ticked()).toEqual([2, 3]);
  act().range(4);
  expect(ticked()).toEqual([2, 3, 4, 5]);
  act().tickAll(false);
  expect(ticked()).toEqual([]);
  act().tickAll(true);
  expect(ticked()).toHaveLength(5);
  expect(isOn()).toBe(false);
});
