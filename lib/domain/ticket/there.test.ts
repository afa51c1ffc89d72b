import fc from "fast-check";
import { expect, test } from "vitest";
import { aimOf, goneReport, heard, recordedOf, reportOf, steer, type Recorded, type Report } from "./there";

const at = (second: number) => new Date(Date.UTC(2027, 0, 1, 0, 0, second));
const told = (given: Partial<Parameters<typeof reportOf>[0]>, asked = false): Report => reportOf(
  { key: "SEC-1", id: "1", url: null, status: "To Do", isDone: false, isStarted: false, assignee: null, title: "Leak", severity: null, updatedAt: at(1), ...given }, { asked });
const nothing = recordedOf(null, "SEC-1");
const all = (reports: readonly Report[], from = nothing): Recorded => reports.reduce((known, report) => heard(known, report) ?? known, from);

test("what is older than what is known changes nothing, even a Done that arrives late", () => {
  const known = all([told({ status: "In Progress", isStarted: true, updatedAt: at(5) })]);
  expect(heard(known, told({ status: "Done", isDone: true, updatedAt: at(4) }))).toBeNull();
  expect(heard(known, goneReport("SEC-1", at(4), { asked: false }))).toMatchObject({ isGone: false });
  expect(heard(known, goneReport("SEC-1", at(5), { asked: false }))).toMatchObject({ isGone: true, status: "In Progress" });
});

test("an issue that was seen as gone and is asked for again is there; a letter of the same moment does not bring it back", () => {
  const gone = all([told({}), goneReport("SEC-1", at(1), { asked: false })]);
  expect(gone.isGone).toBe(true);
  expect(heard(gone, told({ title: "Zebra" }))).toMatchObject({ isGone: true, title: "Zebra" });
  expect(heard(gone, told({}, true))).toMatchObject({ isGone: false });
});

test("an issue that was taken out of reach says where to, until it is seen again", () => {
  const gone = all([told({}), { ...goneReport("SEC-1", at(2), { asked: false }), wentTo: "acme/other#3" }]);
  expect(gone).toMatchObject({ isGone: true, wentTo: "acme/other#3" });
  expect(heard(gone, goneReport("SEC-1", null, { asked: true })), "a look that says less takes nothing back").toBeNull();
  expect(heard(gone, told({}, true))).toMatchObject({ isGone: false, wentTo: null });
});

test("what was recorded of another issue is none of this one's", () => {
  const known = all([told({ updatedAt: at(50) })]);
  expect(recordedOf(known, "SEC-1")).toEqual(known);
  expect(recordedOf(known, "SEC-2")).toMatchObject({ of: "SEC-2", updatedAt: null, status: null });
  expect(recordedOf({ surprise: [] }, "SEC-1")).toEqual(nothing);
});

const STATUSES = ["To Do", "In Progress", "Done", "Won't do"] as const;
const reports = fc.array(fc.record({ status: fc.constantFrom(...STATUSES), second: fc.integer({ min: 0, max: 6 }), title: fc.constantFrom("Leak", "Leaks"), mergedInto: fc.constantFrom(null, "SEC-5"), deleted: fc.integer({ min: 0, max: 9 }) }).map(({ status, second, title, mergedInto, deleted }) =>
  deleted < 2 ? { ...goneReport("SEC-1", at(second), { asked: false }), wentTo: deleted === 0 ? null : "acme/other#3" } : told({ status, title, mergedInto, isDone: status === "Done" || status === "Won't do", isStarted: status === "In Progress", updatedAt: at(second) })), { minLength: 1, maxLength: 12 });

test("the same letters end in the same record, doubled and in whatever order they come", () => {
  fc.assert(fc.property(reports.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 }))), ([given, shuffled]) => {
    expect(all(shuffled)).toEqual(all(given));
  }), { numRuns: 500 });
});

const back = { mapping: {}, closes: false };
type Fix = { finding: number; remediation: "open" | "in_progress" | "resolved" | "reopened" | "verified" };
type World = { known: Recorded; fixes: Fix[] };

function hear(world: World, report: Report): World {
  const news = heard(world.known, report);
  if (!news) return world;
  const { moves, before } = steer(world.fixes, world.known.before, aimOf(world.known, back), aimOf(news, back));
  const to = (fix: Fix) => (fix.remediation === "verified" ? undefined : moves.find(({ finding }) => finding === fix.finding)?.to);
  return { known: { ...news, before }, fixes: world.fixes.map((fix) => ({ ...fix, remediation: to(fix) ?? fix.remediation })) };
}

test("the fixes end where the newest status takes them, in whatever order the letters come: what a tracker takes back is as it was", () => {
  const start = fc.constantFrom<Fix["remediation"]>("open", "in_progress", "resolved", "reopened", "verified");
  fc.assert(fc.property(fc.tuple(start, start), reports.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 }))), ([one, other], [given, shuffled]) => {
    const world: World = { known: nothing, fixes: [{ finding: 1, remediation: one }, { finding: 2, remediation: other }] };
    expect(shuffled.reduce(hear, world).fixes).toEqual(given.reduce(hear, world).fixes);
  }), { numRuns: 1_000 });
});

test("a remark on an issue that is done does not undo what a retest found; only what the tracker said itself is taken back", () => {
  expect(steer([{ finding: 1, remediation: "reopened" }], { 1: "open" }, "resolved", "resolved")).toEqual({ moves: [], before: { 1: "open" } });
  expect(steer([{ finding: 1, remediation: "resolved" }, { finding: 2, remediation: "verified" }], { 1: "reopened", 2: "open" }, "resolved", null)).toEqual({ moves: [{ finding: 1, to: "reopened" }], before: {} });
  expect(steer([{ finding: 1, remediation: "resolved" }], {}, "in_progress", null)).toEqual({ moves: [], before: {} }); // a person called it ready
});

test("the mapping goes before the kind of a status; an end that is no fix resolves nothing", () => {
  const status = (name: string, isDone = false, isStarted = false, merged: string | null = null) => ({ status: name, isDone, isStarted, merged });
  expect(aimOf(status("Ready for release"), { mapping: { "ready for release": "resolved" }, closes: false })).toBe("resolved");
  expect(aimOf(status("Done", true), { mapping: { Done: "in_progress" }, closes: false })).toBe("in_progress");
  expect(aimOf(status("closed (not planned)", true), back)).toBeNull();
  expect(aimOf(status("Won't Fix", true), back)).toBeNull();
  expect(aimOf(status("Closed", true), back)).toBe("resolved");
  expect([aimOf(status("Done", true, false, "SEC-9"), { mapping: { Done: "resolved" }, closes: true }), aimOf(status("In Progress", false, true, "SEC-9"), back)], "ended as the duplicate of another").toEqual([null, "in_progress"]);
});

test("hostile words are cut, freed of what no column holds, and an address that is none is dropped", () => {
  const read = reportOf({ key: "SEC-1\0", id: null, url: "javascript:alert(1)", status: "\0".repeat(9), isDone: false, isStarted: false, assignee: null, title: `${"x".repeat(999)}\u{1f600}`, severity: null, updatedAt: null }, { asked: false });
  expect(read).toMatchObject({ key: "SEC-1", url: null, status: null });
  expect(read.title?.isWellFormed()).toBe(true);
  expect(read.title?.length).toBeLessThanOrEqual(1_000);
});
