import { expect, test } from "vitest";
import { driftOf, isSamePerson, stillSilent, type Compared } from "./drift";
import { recordedOf, type Recorded } from "./there";

const ours = { title: "Leak on web-1", severity: "high", assignee: "ann@example.test", assigneeName: "Ann", priority: "high", labels: ["web"] } as const;
const sent = { title: "Leak on web-1", priority: "high", labels: ["web"] } as const;
const compared = (there: Partial<Recorded>, more: Partial<Compared["ours"]> = {}): Compared =>
  ({ ours: { ...ours, ...more }, sent: { ...sent, labels: [...sent.labels] }, there: { ...recordedOf(null, "SEC-1"), ...there }, priorities: { urgent: "Highest", high: "High" } });
const fields = (given: Compared) => driftOf(given).map(({ field }) => field);

test("only what was changed over there differs: what was sent and what is meant here do not", () => {
  expect(fields(compared({ title: "Leak  on web-1 ", severity: "high", assignee: null, priority: "High", labels: ["docket", "severity-high", "docket0123456789abcdef0123", "Web"] }))).toEqual([]);
  expect(fields(compared({ title: "Leak on web-1" }, { title: "Renamed here" }))).toEqual([]); // on its way, or sent next
  expect(fields(compared({ title: "Renamed there" }, { title: "Renamed there" }))).toEqual([]); // both came to the same
  expect(fields(compared({ title: "Renamed there" }))).toEqual(["title"]);
});

test("a title that a destination cut is no difference, one that only begins like ours is", () => {
  const long = "x".repeat(300);
  const given = (title: string): Compared => ({ ...compared({ title }, { title: long }), sent: { ...sent, title: long, labels: [] } });
  expect(fields(given("x".repeat(160)))).toEqual([]);
  expect(fields(given("x".repeat(20)))).toEqual(["title"]);
});

test("a severity differs whoever changed it; nothing is said where the field says nothing", () => {
  expect(driftOf(compared({ severity: "low" }))).toEqual([{ field: "severity", theirs: "low" }]);
  expect(fields(compared({ severity: "high" }, { severity: "critical" }))).toEqual(["severity"]);
  expect(fields(compared({ severity: null, title: null, labels: null, priority: null }))).toEqual([]);
});

test("a priority that the settings do not know says nothing", () => {
  expect(driftOf(compared({ priority: "Highest" }))).toEqual([{ field: "priority", theirs: "urgent" }]);
  expect(fields(compared({ priority: "Blocker" }))).toEqual([]);
});

test("what somebody recorded is silent until it changes again", () => {
  const silent = { title: "Renamed there" };
  expect(fields(compared({ title: "Renamed there", silent }))).toEqual([]);
  expect(stillSilent(compared({ title: "Renamed there", silent }))).toEqual(silent);
  expect(fields(compared({ title: "Renamed twice", silent }))).toEqual(["title"]);
  expect(stillSilent(compared({ title: "Leak on web-1", silent }))).toEqual({}); // it went: the next time it is news again
});

test("people are the same by address, name or user name", () => {
  expect(["ANN@example.test", "ann", " Ann "].map((theirs) => isSamePerson(theirs, "ann@example.test", "Ann"))).toEqual([true, true, true]);
  expect(isSamePerson("anna", "ann@example.test", "Ann")).toBe(false);
  expect(isSamePerson("bob", null, null)).toBe(false);
});

test("what was changed here since it was sent is no difference, and what was never sent is one", () => {
  const here = (words: Compared["sent"], there: Partial<Recorded>) => fields({ ...compared(there, { labels: ["new"], assignee: "bob@example.test" }), sent: words });
  expect(here({ labels: ["old"], assignee: "ann@example.test" }, { labels: ["docket", "Old"], assignee: "ann" })).toEqual([]);
  expect(here({}, { labels: ["old"], assignee: "carl", title: "Another", priority: "Highest" })).toEqual(["title", "assignee", "priority", "labels"]);
  expect(here({ labels: ["x".repeat(64)] }, { labels: ["x".repeat(50)] })).toEqual([]); // cut over there
});

test("a user name over there is the person whom the settings name by it", () => {
  const given = { ...compared({ assignee: "octo-cat" }), people: { "ann@example.test": "Octo-Cat", "bob@example.test": "bobby" } };
  expect(fields(given)).toEqual([]);
  expect(fields({ ...given, people: {} })).toEqual(["assignee"]);
  expect(fields({ ...given, there: { ...given.there, assignee: "bobby" } })).toEqual(["assignee"]);
});
