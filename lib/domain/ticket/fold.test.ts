import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, turnOf, type Step } from "./fold";
import { goneReport, recordedOf, reportOf, type Report } from "./there";

// Reports of one issue that are read together come to what they come to when each is read by itself.

const at = (second: number) => new Date(Date.UTC(2027, 0, 1, 0, 0, second));
const START = { ticket: 7, external: null, place: { key: "SEC-1", id: "10001", url: null } };

type Said = { second: number; status: string; gone: boolean; asked: boolean; by?: string | null };
const said = fc.record({ second: fc.integer({ min: 0, max: 9 }), status: fc.constantFrom("To Do", "In Progress", "Done"), gone: fc.boolean(), asked: fc.boolean(), by: fc.constantFrom("Ann", "Bob", null) });
const toldOf = ({ second, status, gone, asked, by }: Said): Report => gone
  ? goneReport("SEC-1", at(second), { asked: false, by })
  : reportOf({ key: "SEC-1", id: "10001", url: null, status, isDone: status === "Done", isStarted: status === "In Progress", assignee: null, title: null, severity: null, updatedAt: at(second) }, { asked, by });

const moved = (key: string, to: string, second: number, how: "movedTo" | "mergedInto"): Report =>
  reportOf({ key, id: "10001", url: null, status: "Done", isDone: true, isStarted: false, assignee: null, title: null, severity: null, updatedAt: at(second), [how]: to }, { asked: false });

test("together or one by one: the same record, of each it is known whether it counted, and of each change who made it", () => {
  fc.assert(fc.property(fc.array(said, { minLength: 1, maxLength: 12 }), (all) => {
    const reports = all.map(toldOf);
    const together = fold(START, reports, new Map([["SEC-1", 7]]));
    let external: unknown = null;
    const authors: { by: string | null; external: unknown }[] = [];
    const each = reports.map((told) => {
      const one = fold({ ...START, external }, [told], new Map([["SEC-1", 7]]));
      ({ external } = one);
      if (one.fates[0] === "applied") authors.push({ by: told.by, external });
      return one.fates[0];
    });
    expect(together.external).toEqual(external);
    expect(together.fates.map((fate) => (fate === "overtaken" ? "applied" : fate))).toEqual(each);
    expect(together.fates.filter((fate) => fate === "applied")).toHaveLength(each.includes("applied") ? 1 : 0);
    const ends = authors.filter(({ by }, at) => authors[at + 1]?.by !== by); // an author's part ends where another's begins
    expect(together.steps.map(({ by, external: then }) => ({ by, external: then }))).toEqual(ends);
  }));
});

test("after a move the new key counts; after a merge what is told of the old issue is of no ticket here", () => {
  const holders = new Map([["SEC-1", 7], ["SEC-9", 8]]);
  const later = toldOf({ second: 9, status: "To Do", gone: false, asked: false });
  expect(fold(START, [moved("SEC-1", "OPS-4", 3, "movedTo"), { ...later, key: "OPS-4" }], new Map(holders))).toMatchObject({ key: "OPS-4", id: "10001", external: { formerly: ["SEC-1"], status: "To Do" }, fates: ["overtaken", "applied"] });
  expect(fold(START, [moved("SEC-1", "SEC-5", 3, "mergedInto"), later], new Map(holders))).toMatchObject({ key: "SEC-5", id: null, external: { merged: "SEC-5", status: "Done" }, fates: ["applied", "unknown"] });
  expect(fold(START, [moved("SEC-1", "SEC-9", 3, "mergedInto")], new Map(holders)), "another ticket has that key").toMatchObject({ key: "SEC-1", id: "10001", external: { merged: "SEC-9" } });
});

test("who brought it to what it says now is the last who changed that, not the last who changed anything", () => {
  const told = (second: number, by: string, status: string, title: string): Report => ({ ...toldOf({ second, status, gone: false, asked: false, by }), title });
  const known = recordedOf(null, "SEC-1");
  const turned = (reports: readonly Report[], of: (step: Step["external"]) => unknown) => turnOf(known, fold(START, reports, new Map()).steps, of)?.by;
  const reports = [told(1, "Ann", "Done", "a"), told(2, "Bob", "Done", "b"), told(3, "Cem", "Done", "b")];
  expect([turned(reports, ({ isDone }) => isDone), turned(reports, ({ title }) => title), turned(reports, ({ severity }) => severity)]).toEqual(["Ann", "Bob", undefined]);
});
