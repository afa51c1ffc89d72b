import { expect, test } from "vitest";
import { cutOf, newestOf, scrollFor } from "./chips-in-view";

const chips = [0, 1, 2, 3, 4].map((at) => ({ left: at * 100, width: 96 }));

test("a row that is cut says on which side, and how many chips are not whole; one that fits says nothing", () => {
  expect(cutOf({ scrollLeft: 0, clientWidth: 496 }, chips)).toEqual({ start: false, end: false, hidden: 0 });
  expect(cutOf({ scrollLeft: 0, clientWidth: 250 }, chips)).toEqual({ start: false, end: true, hidden: 3 });
  expect(cutOf({ scrollLeft: 150, clientWidth: 250 }, chips)).toEqual({ start: true, end: true, hidden: 3 });
  expect(cutOf({ scrollLeft: 246, clientWidth: 250 }, chips)).toEqual({ start: true, end: false, hidden: 3 });
  expect(cutOf({ scrollLeft: 110, clientWidth: 50 }, chips), "one that is cut on both sides counts once").toEqual({ start: true, end: true, hidden: 5 });
});

test("the newest chip comes into view wherever it stands among the others, and what is in view already stays", () => {
  expect(newestOf(null, ["a"]), "those that the page came with").toBe(-1);
  expect(newestOf(["severity:high", "tag:pci"], ["severity:high", "asset:web", "tag:pci"])).toBe(1);
  expect(newestOf(["severity:high", "tag:pci"], ["tag:pci"])).toBe(-1);
  expect(scrollFor({ scrollLeft: 0, clientWidth: 250 }, chips[4]!)).toBe(246);
  expect(scrollFor({ scrollLeft: 246, clientWidth: 250 }, chips[1]!)).toBe(100);
  expect(scrollFor({ scrollLeft: 150, clientWidth: 250 }, chips[2]!)).toBe(150);
  expect(scrollFor({ scrollLeft: 0, clientWidth: 50 }, chips[2]!)).toBe(200);
});
