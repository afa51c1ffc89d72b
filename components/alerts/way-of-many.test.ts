import { expect, test } from "vitest";
import { COMMANDS } from "./commands";
import { wayOf } from "./way-of-many";

test("a thousand ticked are decided at once, one more is shown beforehand, and what cannot be named is said to be too many", () => {
  expect(wayOf("close", false, 1_000)).toEqual({ by: "once" });
  expect(wayOf("close", false, 1_001)).toEqual({ by: "list" });
  expect(wayOf("assignMe", false, 10_000)).toEqual({ by: "list" });
  expect(wayOf("close", false, 10_001)).toMatchObject({ by: "word", word: { title: "10,001 findings are too many to name" } });
  expect(wayOf("repeat", false, 1_001)).toMatchObject({ by: "word" });
});

test("with all that match chosen no command falls through to the few rows that happen to be ticked, but for the question why", () => {
  const once = [...COMMANDS, "repeat" as const].filter((asked) => wayOf(asked, true, 3).by === "once");
  expect(once).toEqual(["why"]);
  const shown = COMMANDS.filter((asked) => wayOf(asked, true, 0).by === "filter");
  expect(shown).toEqual(["investigate", "review", "assignMe", "close", "accept", "keep", "assign", "tag", "route", "state", "calibrate"]);
});

test("several things at once are asked of what is chosen, of all or of a few", () => {
  expect(wayOf(null, true, 0)).toEqual({ by: "filter" });
  expect(wayOf(null, false, 2)).toEqual({ by: "list" });
  expect(wayOf(null, false, 0)).toEqual({ by: "once" });
});
