import { expect, test } from "vitest";
import { notesOf } from "./notes";

const none = { unnamed: 0, newAssets: { total: 0, names: [] }, severities: { raised: 0, lowered: 0 } };

test("a report of which nothing is odd has no note", () => {
  expect(notesOf(none, false)).toEqual([]);
});

test("results without an asset are told with what to do, and that they close nothing", () => {
  const [words] = notesOf({ ...none, unnamed: 1 }, true);
  expect(words).toContain("1 result names no asset");
  expect(words).toContain("nothing there becomes “not detected”");
  expect(words).toContain("--asset");
});

test("a mistyped asset is one that is not known yet; of many the first are named", () => {
  expect(notesOf({ ...none, newAssets: { total: 1, names: ["shop-wbe"] } }, false)[0]).toMatch(/^1 asset is not known here yet: “shop-wbe”\. Applied, it becomes a new asset/);
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  expect(notesOf({ ...none, newAssets: { total: 1_007, names } }, true)).toEqual(["1,007 assets were new: “a”, “b”, “c”, “d”, “e” and 1,002 more."]);
});

test("severities that the scanner changes are counted, those that rise apart from those that fall", () => {
  expect(notesOf({ ...none, severities: { raised: 2, lowered: 1 } }, false)).toEqual(["The scanner rates 3 known findings otherwise than before: 2 higher and 1 lower. Where no team severity stands, due dates move with it."]);
});
