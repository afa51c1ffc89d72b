import { describe, expect, test } from "vitest";
import { plainCell, safeCell } from "./csv-cell";

const FORMULAS = [
  "=1+1", "+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"http://evil.test\")", "  =1", "\t=1", "\t", "\r\n=cmd|' /C calc'!A0", "\u00a0=1", "\u3000=1", "\u200b=1", "\ufeff=1",
  "\u202e=1", "\u0000=1", "＝1+1", "＋1", "－1", "＠SUM(1)", " ＝1", "﹦1", "−1", "'=1", "''=1", "'' =1",
];

describe("a cell that would start a formula", () => {
  test.each(FORMULAS)("%j stays text, and comes back as it was", (text) => {
    expect(safeCell(text)).toBe(`'${text}`);
    expect(plainCell(safeCell(text))).toBe(text);
  });
});

test.each(["", "web-1", "1+1", "a=b", "'quoted'", "'", "O'Brien", "café", "…=", "10.0.0.1", "(=1)"])("%j is left alone both ways", (text) => {
  expect(safeCell(text)).toBe(text);
  expect(plainCell(text)).toBe(text);
});

test("a number is a number: a negative one is no formula", () => {
  expect([safeCell(-3), safeCell(0), safeCell(null)]).toEqual(["-3", "0", ""]);
});
