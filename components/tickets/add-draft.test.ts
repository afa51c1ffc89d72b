import { expect, test } from "vitest";
import type { LinkOffer } from "@/lib/domain/views/tickets";
import { askedIn, countOf, faultsOf, numbersIn, sorted } from "./add-draft";

const offer = (number: number, part: Partial<LinkOffer> = {}): LinkOffer => ({ number, title: "XSS", asset: "web-3", severity: "high", isNamed: false, isHere: false, ticket: null, ...part });
const draft = { text: "", ticked: new Set<number>(), insist: false, note: "" };

test("numbers are read as people type them, each once, and a word that is none is named", () => {
  expect(numbersIn("F-42, 57; f-42\n60")).toEqual({ numbers: [42, 57, 60], stranger: null });
  expect(numbersIn("F-42 T-7")).toEqual({ numbers: [42], stranger: "T-7" });
  expect(numbersIn("0")).toEqual({ numbers: [], stranger: "0" });
});

test("one that is there already is left out, one with another ticket asks to insist and then for the reason", () => {
  const offers = { findings: [offer(1, { isNamed: true, isHere: true }), offer(2, { isNamed: true, ticket: 9 }), offer(3)], missing: [] };
  const named = { ...draft, text: "1 2", ticked: new Set([3]) };
  expect(sorted(named, offers)).toMatchObject({ added: [2, 3], here: [1], rivals: [{ number: 2 }] });
  expect([countOf(named, offers), countOf({ ...named, insist: true }, offers), countOf(named, null)]).toEqual([1, 2, 3]);
  expect(faultsOf(named, offers)).toEqual({ insist: "F-2 has an open ticket already: T-9. Insist, or leave it out." });
  expect(Object.keys(faultsOf({ ...named, insist: true }, offers))).toEqual(["note"]);
  expect(faultsOf({ ...named, insist: true, note: "Two teams." }, offers)).toEqual({});
  expect(faultsOf({ ...draft, text: "1" }, offers)).toEqual({ text: "F-1 is on it already." });
});

test("what is not there stands at the field, and an answer to an older text says nothing about this one", () => {
  expect(faultsOf({ ...draft, text: "F-999" }, { findings: [], missing: [999] })).toEqual({ text: "There is no finding F-999 here." });
  expect(faultsOf({ ...draft, text: "F-2" }, null)).toEqual({});
  expect(faultsOf({ ...draft, text: "F-2" }, { findings: [offer(2)], missing: [999] })).toEqual({});
});

test("a long list that is pasted is taken whole, and more than go at once is a fault and not a shorter list", () => {
  const text = Array.from({ length: 150 }, (_, at) => `F-${123_400 + at}`).join(", ");
  expect(numbersIn(text).numbers).toHaveLength(150);
  expect(numbersIn(text).numbers.at(-1)).toBe(123_549);
  expect(faultsOf({ ...draft, text }, null)).toEqual({ text: "At most 100 at once: these are 150." });
  const hundred = text.split(", ").slice(0, 100).join(", ");
  expect(faultsOf({ ...draft, text: hundred }, null)).toEqual({});
  expect(faultsOf({ ...draft, text: hundred, ticked: new Set([1]) }, null)).toEqual({ text: "At most 100 at once: these are 101." });
  expect(askedIn(text)).toHaveLength(100); // what is asked of Docket meanwhile
});
