import { expect, test } from "vitest";
import { CREATION_BACKLOG, ENVIRONMENT_JOBS, healthWarnings, type HealthFacts } from "./health";

const WELL: HealthFacts = {
  workersUp: 1, outbox: { waiting: 0, age: null }, creations: { waiting: 0, age: null }, mails: { waiting: 0, failed: 0, age: null }, importsFailed: 0, jobsDead: 0,
  trackers: [{ name: "Jira", isUnreachable: false }], broken: [],
};
const MINUTE = 60_000;
const told = (facts: Partial<HealthFacts>) => healthWarnings({ ...WELL, ...facts }).map(({ text }) => text);

test("nothing is said while all is well, nor of what waits for a moment only", () => {
  expect(told({})).toEqual([]);
  expect(told({ outbox: { waiting: 500, age: 900 }, creations: { waiting: CREATION_BACKLOG - 1, age: 29 * MINUTE }, mails: { waiting: 40, failed: 0, age: MINUTE } })).toEqual([]);
});

test("tickets that wait are a backlog when they are many, and when one of them waits long", () => {
  expect(told({ creations: { waiting: CREATION_BACKLOG, age: 1_000 } })).toEqual(["Ticket creation backlog: 100 tickets wait to be made in a tracker"]);
  expect(told({ creations: { waiting: 1, age: 31 * MINUTE } })).toEqual(["Ticket creation backlog: 1 ticket waits to be made in a tracker"]);
});

test("what is wrong comes before what waits for it", () => {
  const all = told({ workersUp: 0, trackers: [{ name: "Jira", isUnreachable: true }, { name: "GitHub", isUnreachable: false }], importsFailed: 2, jobsDead: 1, mails: { waiting: 3, failed: 1, age: null }, broken: ["counts"], outbox: { waiting: 1, age: 2 * MINUTE } });
  expect(all).toEqual([
    "Records contradict each other: counts", "No worker is up: nothing is imported, sent or mailed", "1 job not handed to the workers", "Ticketing API unavailable: Jira",
    "1 job given up after every attempt", "2 imports failed in the last 24 hours", "1 letter not taken by the mail server",
  ]);
});

test("a job that names a record of an environment is not one of the clock's", () => {
  expect(ENVIRONMENT_JOBS).toEqual(expect.arrayContaining(["run-import", "deliver-tickets", "tell-people"]));
  expect(ENVIRONMENT_JOBS).not.toContain("send-mail");
});
