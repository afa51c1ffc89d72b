import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, foldAll, turnOf, type Step } from "./fold";
import { goneReport, recordedOf, reportOf, type Report } from "./there";

// Reports of one issue that are read together come to what they come to when each is read by itself.

const at = (second: number) => new Date(Date.UTC(2027, 0, 1, 0, 0, second));
const START = { external: null, place: { key: "SEC-1", id: "10001", url: null } };

type Said = { second: number; status: string; gone: boolean; asked: boolean; by?: string | null };
const said = fc.record({ second: fc.integer({ min: 0, max: 9 }), status: fc.constantFrom("To Do", "In Progress", "Done"), gone: fc.boolean(), asked: fc.boolean(), by: fc.constantFrom("Ann", "Bob", null) });
const toldOf = ({ second, status, gone, asked, by }: Said): Report => gone
  ? goneReport("SEC-1", at(second), { asked: false, by })
  : reportOf({ key: "SEC-1", id: "10001", url: null, status, isDone: status === "Done", isStarted: status === "In Progress", assignee: null, title: null, severity: null, updatedAt: at(second) }, { asked, by });

const free = () => false;
const moved = (key: string, to: string, second: number, how: "movedTo" | "mergedInto", id = "10001"): Report =>
  reportOf({ key, id, url: null, status: "Done", isDone: true, isStarted: false, assignee: null, title: null, severity: null, updatedAt: at(second), [how]: to }, { asked: false });

test("together or one by one: the same record, of each it is known whether it counted, and of each change who made it", () => {
  fc.assert(fc.property(fc.array(said, { minLength: 1, maxLength: 12 }), (all) => {
    const reports = all.map(toldOf);
    const together = fold(START, reports, free);
    let external: unknown = null;
    const authors: { by: string | null; external: unknown }[] = [];
    const each = reports.map((told) => {
      const one = fold({ ...START, external }, [told], free);
      ({ external } = one);
      if (one.fates[0] === "applied") authors.push({ by: told.by, external });
      return one.fates[0];
    });
    expect(together.external).toEqual(external);
    expect(together.fates.map((fate) => (fate === "overtaken" ? "applied" : fate))).toEqual(each);
    expect(together.fates.filter((fate) => fate === "applied")).toHaveLength(each.includes("applied") ? 1 : 0);
    expect(together.wasOpen, "no opening is lost between two that are done").toBe(authors.some(({ external: then }) => !recordedOf(then, "SEC-1").isDone));
    const ends = authors.filter(({ by }, at) => authors[at + 1]?.by !== by); // an author's part ends where another's begins
    expect(together.steps.map(({ by, external: then }) => ({ by, external: then }))).toEqual(ends);
  }));
});

test("after a move the new key counts; the issue that it was merged into is another one, and never followed", () => {
  const later = toldOf({ second: 9, status: "To Do", gone: false, asked: false });
  expect(fold(START, [moved("SEC-1", "OPS-4", 3, "movedTo"), { ...later, key: "OPS-4" }], free)).toMatchObject({ key: "OPS-4", id: "10001", external: { formerly: ["SEC-1"], status: "To Do" }, fates: ["overtaken", "applied"] });
  expect(fold(START, [moved("SEC-1", "SEC-5", 3, "mergedInto")], free)).toMatchObject({ key: "SEC-1", id: "10001", external: { of: "SEC-1", merged: "SEC-5", formerly: [], status: "Done" } });
  expect(fold(START, [moved("SEC-1", "SEC-5", 3, "mergedInto"), later], free), "it is taken back over there").toMatchObject({ key: "SEC-1", external: { merged: null, status: "To Do" } });
  expect(fold(START, [moved("SEC-1", "SEC-9", 3, "movedTo")], (key) => key === "SEC-9"), "another ticket has that key").toMatchObject({ key: "SEC-1", id: "10001", external: { merged: "SEC-9" } });
});

test("two that change keys with each other both come to theirs, in a ring as well; who wants the key of one that stays does not", () => {
  const holders = new Map([["SEC-1", 1], ["SEC-2", 2], ["SEC-3", 3]]);
  const one = (ticket: number, to: number) => ({ ticket, external: null, place: { key: `SEC-${ticket}`, id: `1000${ticket}`, url: null }, reports: to === ticket ? [] : [moved(`SEC-${ticket}`, `SEC-${to}`, 3, "movedTo", `1000${ticket}`)] });
  const keys = (...all: ReturnType<typeof one>[]) => foldAll(all, holders).map(({ key, external: { merged } }) => [key, merged]);
  expect(keys(one(1, 2), one(2, 1))).toEqual([["SEC-2", null], ["SEC-1", null]]);
  expect(keys(one(1, 2), one(2, 3), one(3, 1))).toEqual([["SEC-2", null], ["SEC-3", null], ["SEC-1", null]]);
  expect(keys(one(1, 2), one(2, 3)), "nothing is told of SEC-3: it stays, so the one before it stays too").toEqual([["SEC-1", "SEC-2"], ["SEC-2", "SEC-3"]]);
  expect(keys(one(1, 3), one(2, 3), one(3, 4)), "two want it").toEqual([["SEC-3", null], ["SEC-2", "SEC-3"], ["SEC-4", null]]);
});

test("who brought it to what it says now is the last who changed that, not the last who changed anything", () => {
  const told = (second: number, by: string, status: string, title: string): Report => ({ ...toldOf({ second, status, gone: false, asked: false, by }), title });
  const known = recordedOf(null, "SEC-1");
  const turned = (reports: readonly Report[], of: (step: Step["external"]) => unknown) => turnOf(known, fold(START, reports, free).steps, of)?.by;
  const reports = [told(1, "Ann", "Done", "a"), told(2, "Bob", "Done", "b"), told(3, "Cem", "Done", "b")];
  expect([turned(reports, ({ isDone }) => isDone), turned(reports, ({ title }) => title), turned(reports, ({ severity }) => severity)]).toEqual(["Ann", "Bob", undefined]);
});
