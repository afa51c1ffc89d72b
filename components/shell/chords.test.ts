import { describe, expect, test } from "vitest";
import { ariaOf, bindings, capsOf, chordOf, conflictsOf, isCharacter, keysOf, leaders } from "./chords";
import { COMMANDS, commandOf, type CommandRow } from "./keys";

const press = (key: string, more: { code?: string; ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean; shiftKey?: boolean } = {}) =>
  chordOf({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("a press is written as the table writes it, whatever the keyboard", () => {
  expect(press("J", { shiftKey: true })).toBe("Shift+j");
  expect(press("J")).toBe("j"); // caps lock
  expect(press("?", { shiftKey: true })).toBe("?");
  expect([press("k", { metaKey: true }), press("k", { ctrlKey: true })]).toEqual(["Mod+k", "Mod+k"]);
  expect(press("ArrowDown", { shiftKey: true })).toBe("Shift+ArrowDown");
  expect(press("о", { code: "KeyJ" })).toBe("j"); // a Cyrillic layout
  expect(press("é", { code: "Digit2" })).toBe("é");
});

describe("the table", () => {
  const rows: readonly CommandRow[] = COMMANDS;

  test("no two commands answer to one key in one place, and ids are unique", () => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const row of rows) for (const chord of keysOf(row, {})) expect(conflictsOf(row, chord, {}), `${row.id} ${chord}`).toEqual([]);
  });

  test("whoever switches the letters off loses only what is a character alone", () => {
    expect(rows.flatMap((row) => row.fixed ?? []).filter(isCharacter)).toEqual([]);
    expect(["j", "Shift+j", "?", "1", ".", "g a"].map(isCharacter)).toEqual([true, true, true, true, true, true]);
    expect(["Enter", "Mod+k", "Alt+j", "Shift+ArrowDown"].map(isCharacter)).toEqual([false, false, false, false]);
  });

  test("everything that decides is asked for by press, never by a key held down", () => {
    expect(rows.filter(({ act, repeats }) => repeats && act)).toEqual([]);
  });
});

test("a person's keys take the place of the defaults; what they clash with is named", () => {
  const mine = { "finding.close": ["q"], "finding.bookmark": [] };
  const bound = bindings(mine);
  expect(bound.get("q")).toEqual(["finding.close"]);
  expect(bound.get("e")).toEqual(["ticket.close", "asset.edit"]);
  expect(bound.has("b")).toBe(false);
  expect(leaders(bound)).toEqual(new Set(["g"]));
  const names = (chord: string) => conflictsOf(commandOf("finding.close"), chord, mine).map(({ id }) => id);
  expect(names("x")).toEqual(["select.toggle"]);
  expect(names("n")).toEqual(["finding.amend"]); // not the one that answers only where assets are
  expect(names("g")).toContain("go.alerts");
  expect(names("b")).toEqual([]);
});

test("keys are drawn and told", () => {
  expect(capsOf("Mod+k", false)).toEqual(["Ctrl", "K"]);
  expect(capsOf("Mod+k", true)).toEqual(["⌘", "K"]);
  expect(capsOf("g a", false)).toEqual(["g", "a"]);
  expect(capsOf("+", false)).toEqual(["+"]);
  expect(ariaOf("Shift+j", false)).toBe("Shift+J");
  expect(ariaOf("Mod+a", false)).toBe("Control+A");
});
