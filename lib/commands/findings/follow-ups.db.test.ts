import { beforeEach, expect, test } from "vitest";
import { amend } from "@/lib/commands/findings/amend";
import { flagFollowUps } from "@/lib/commands/findings/flag-follow-ups";
import { keepDecision } from "@/lib/commands/findings/keep-decision";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { systemActor, type Actor } from "@/lib/gate/actor";
import { loadFinding } from "@/lib/queries/finding-page";
import { moveClock } from "@/lib/testing/clock";
import { done } from "@/lib/testing/done";
import { entriesOf, trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";
import { imported } from "@/lib/testing/scans";
import { runFlagFollowUps } from "@/lib/worker/jobs/flag-follow-ups";
import { SCHEDULE } from "@/lib/worker/tasks";

// A date beside a decision is a promise: on that day the finding is brought up again, and the decision stays until somebody answers.
const DAY = 86_400_000;
const HOUR = 3_600_000;
const clock = systemActor("clock");
const REVIEW = "The day to review this mitigation has come: does the control still cover it?";
const VENDOR = "The day to follow up with the vendor has come: is there an answer?";

let environment: number;
let ann: Actor;

beforeEach(async () => {
  environment = await makeEnvironment();
  ann = await makeMember(environment, "analyst", "Ann");
});

/** The last second of the day, as a screen sends the day that was chosen. */
const endOfDay = async (days: number) => new Date((Math.floor((await databaseNow(prisma)).getTime() / DAY) + days + 1) * DAY - 1_000);
const flag = async () => done(await flagFollowUps(clock, { environment })).flagged;
const decide = async (numbers: readonly number[], decision: object) => done(await respond(ann, { environment, items: numbers.map((number) => ({ number })), note: "Behind the proxy.", ...decision }));
const mitigate = async (numbers: readonly number[], followUpOn: Date) => decide(numbers, { response: "closed", reason: "mitigated", followUpOn: followUpOn.toISOString() });
const flagged = () => prisma.finding.findMany({ where: { environmentId: environment, reReview: { not: null } }, orderBy: { id: "asc" }, select: { number: true, reReview: true, governanceStatus: true } });

/** Moves the clock to so many seconds after a day of `date` began. */
async function toDayOf(date: Date, seconds: number): Promise<void> {
  await moveClock(Math.floor(date.getTime() / DAY) * DAY + seconds * 1_000 - (await databaseNow(prisma)).getTime());
}

test("when the day begins, a mitigation is to be reviewed and a vendor to be asked; what has another day, or none, is left alone", async () => {
  const [first] = await makeFindings(await makeScope(environment), 5);
  const day = await endOfDay(10);
  await mitigate([1], day);
  await decide([2], { response: "investigating", reason: "vendor_notified", followUpOn: day.toISOString() });
  await mitigate([3], await endOfDay(11));
  await decide([4], { response: "closed", reason: "mitigated" });
  await decide([5], { response: "investigating" });

  await toDayOf(day, -1);
  expect(await flag(), "a second before the day").toEqual([]);
  await toDayOf(day, 1);
  expect(await flag()).toEqual([1, 2]);
  expect(await flag(), "once").toEqual([]);
  expect(await flagged()).toEqual([{ number: 1, reReview: REVIEW, governanceStatus: "resolved" }, { number: 2, reReview: VENDOR, governanceStatus: "in_progress" }]);
  expect((await trailOf(first?.id ?? 0)).at(-1)).toMatch(/^System: finding\.re_review_flagged v\d$/);
  expect((await entriesOf(first?.id ?? 0)).at(-1)?.body).toMatchObject({ reason: REVIEW, after: { re_review: REVIEW, due: day.toISOString() } });
  expect(SCHEDULE.split("\n")).toContain("* * * * * flag-follow-ups");
});

test("after months in which nothing ran all that is due comes at once, in every environment, in pieces", async () => {
  await makeFindings(await makeScope(environment), 501);
  const day = await endOfDay(3);
  await mitigate(Array.from({ length: 501 }, (_, at) => at + 1), day);
  const elsewhere = await makeEnvironment();
  await makeFindings(await makeScope(elsewhere), 1);
  const bob = await makeMember(elsewhere, "analyst", "Bob");
  done(await respond(bob, { environment: elsewhere, items: [{ number: 1 }], response: "investigating", reason: "vendor_notified", followUpOn: day.toISOString() }));
  await moveClock(90 * DAY);
  expect(done(await flagFollowUps(clock, { environment }))).toMatchObject({ flagged: { length: 500 }, more: true });
  await runFlagFollowUps();
  expect(await flagged()).toHaveLength(501);
  expect(await prisma.finding.count({ where: { environmentId: elsewhere, reReview: VENDOR } })).toBe(1);
  expect(await prisma.auditEvent.count({ where: { environmentId: environment, action: "finding.re_review_flagged" } })).toBe(501);
});

/** A finding that was mitigated until a day, on that day. */
async function cameUp() {
  await makeFindings(await makeScope(environment), 1);
  const day = await endOfDay(5);
  await mitigate([1], day);
  await toDayOf(day, 60);
  expect(await flag()).toEqual([1]);
}

test("whoever keeps the decision is not asked again for the same day, but for the next one that they name", async () => {
  await cameUp();
  done(await keepDecision(ann, { environment, items: [{ number: 1 }], note: "The proxy still stands." }));
  await moveClock(DAY);
  expect(await flag()).toEqual([]);
  const next = await endOfDay(30);
  done(await amend(ann, { environment, items: [{ number: 1 }], reason: "mitigated", note: "Again in a month.", followUpOn: next.toISOString() }));
  expect(await flag()).toEqual([]);
  await toDayOf(next, 60);
  expect(await flag()).toEqual([1]);
});

test("what the clock asks is answered and not taken back, by no manager and by no token either; whoever answered may think again", async () => {
  await cameUp();
  const [max, { token }] = [await makeMember(environment, "manager", "Max"), await makeToken(environment, "manager")];
  const { actionId, sequence } = await prisma.auditEvent.findFirstOrThrow({ where: { environmentId: environment, action: "finding.re_review_flagged" } });
  expect(await revert(max, { environment, actionId, note: "Not now.", strict: true })).toMatchObject({ ok: false, refusal: { code: "conflict", next: "Keep the decision with a note, or decide anew." } });
  expect(await call("POST", `/api/v1/environments/${environment}/findings/1/revert`, { token, body: { event: String(sequence) } })).toMatchObject({ status: 409, body: { detail: expect.stringContaining("not taken back") } });
  const { timeline } = done(await loadFinding(max, { environment, number: 1 }));
  expect(timeline.entries.map(({ revocable }) => revocable), "nor is it offered").toEqual(timeline.entries.map(() => null));
  expect(await flagged()).toMatchObject([{ reReview: REVIEW }]);

  const kept = done(await keepDecision(ann, { environment, items: [{ number: 1 }], note: "The proxy still stands." }));
  const back = done(await revert(max, { environment, actionId: kept.actionId }));
  expect(await flagged()).toMatchObject([{ reReview: REVIEW }]);
  done(await revert(max, { environment, actionId: back.actionId }));
  expect(await flagged(), "the note of the keeping stands again").toEqual([]);
});

test("a decision that was taken away over its day and given back is brought up then; a flag that was given back is no second entry", async () => {
  await makeFindings(await makeScope(environment), 2);
  const day = await endOfDay(1);
  await mitigate([1, 2], day);
  await moveClock(2 * HOUR);
  const opened = await decide([1], { response: "needs_review" });
  await moveClock(21.9 * HOUR);
  expect(await flag(), "nothing stands in the way of taking it back").toEqual([]);
  await moveClock(0.2 * HOUR);
  expect(await flag()).toEqual([2]);
  done(await revert(ann, { environment, actionId: opened.actionId }));
  expect(await flag()).toEqual([1]);
  const again = await decide([2], { response: "needs_review" });
  expect(await flagged()).toMatchObject([{ number: 1 }]);
  done(await revert(ann, { environment, actionId: again.actionId }));
  expect(await flagged()).toMatchObject([{ number: 1 }, { number: 2 }]);
  expect(await flag()).toEqual([]);
});

test("somebody decides at the very moment of the clock: either way the log tells one story", async () => {
  await makeFindings(await makeScope(environment), 1);
  const day = await endOfDay(1);
  await mitigate([1], day);
  await toDayOf(day, 60);
  await Promise.all([flag(), decide([1], { response: "needs_review" })]);
  expect(await flagged()).toEqual([]);
  expect(await flag()).toEqual([]);
});

test("a mitigation that the next scan was to prove keeps its day of review when it is proved, and is brought up on it", async () => {
  const at = async (hours: number) => new Date((await databaseNow(prisma)).getTime() + hours * 3_600_000);
  await imported({ environment, takenAt: await at(-2), sees: ["a"] });
  const day = await endOfDay(10);
  await decide([1], { response: "closed", reason: "mitigated", claim: true, followUpOn: day.toISOString() });
  await toDayOf(await at(24), 60);
  await imported({ environment, takenAt: await at(0), sees: [] });
  expect(await prisma.finding.findFirstOrThrow({ where: { environmentId: environment } })).toMatchObject({ governanceStatus: "resolved", closeReason: "mitigated", verification: "verified", followUpOn: day });
  await toDayOf(day, 60);
  expect(await flag()).toEqual([1]);
});
