import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { amend } from "@/lib/commands/findings/amend";
import { keepDecision } from "@/lib/commands/findings/keep-decision";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { undoBulk } from "@/lib/commands/findings/undo-bulk";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { reopenTickets } from "@/lib/commands/tickets/reopen";
import { prisma } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";
import { getBulk } from "@/lib/queries/bulk";
import { done } from "@/lib/testing/done";
import { entriesOf, trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFindings, makeMember, makeScope, type MadeFinding } from "@/lib/testing/make";
import { call, makeToken } from "@/lib/testing/rest";
import { runBulk } from "@/lib/worker/jobs/run-bulk";

const DAY = 86_400_000;

let environment: number;
let ann: Actor & { personId: number };
let patched: MadeFinding;
let accepted: MadeFinding;
let open: MadeFinding;

const items = (...some: MadeFinding[]) => some.map(({ number }) => ({ number }));
const inDays = async (days: number) => {
  const [row] = await prisma.$queryRaw<{ at: Date }[]>`SELECT date_trunc('second', docket_now()) AS at`;
  return new Date((row?.at.getTime() ?? 0) + days * DAY).toISOString();
};
const stored = ({ id }: MadeFinding) => prisma.finding.findUniqueOrThrow({ where: { id } });
const flagged = () => prisma.finding.count({ where: { environmentId: environment, reReview: { not: null } } });

/** One closed and one accepted finding whose ticket came back: both are to be looked at again. */
beforeEach(async () => {
  environment = await makeEnvironment();
  ann = await makeMember(environment, "manager", "Ann");
  const [one, two, three] = await makeFindings(await makeScope(environment), 3);
  if (!one || !two || !three) throw new Error("Three were asked for.");
  [patched, accepted, open] = [one, two, three];
  done(await createTickets(ann, { environment, items: items(patched, accepted), grouping: "one" }));
  done(await closeTickets(ann, { environment, items: [{ number: 1 }], reason: "patched" }));
  done(await respond(ann, { environment, items: items(patched), response: "closed", reason: "patched" }));
  done(await respond(ann, { environment, items: items(accepted), response: "accepted_risk", expiresAt: await inDays(40), note: "Until the move." }));
  done(await reopenTickets(ann, { environment, items: [{ number: 1 }], reason: "Rolled back." }));
});

const record = z.looseObject({ version: z.number(), re_review: z.unknown() });

test("over REST one decision is kept and one put right, each at the version that was seen, and nothing is left to look at", async () => {
  const { token } = await makeToken(environment, "analyst", 7, (await makeMember(environment, "analyst", "Bea")).id);
  const post = (finding: MadeFinding, verb: string, body: unknown) => call("POST", `/api/v1/environments/${environment}/findings/${finding.number}/${verb}`, { token, body });
  expect(await flagged()).toBe(2);
  const { version } = await stored(accepted);
  expect(await post(accepted, "keep", { note: "Still behind the gateway.", version: version - 1 })).toMatchObject({ status: 409, body: { changes: expect.anything() } });
  expect((await post(accepted, "keep", {})).status).toBe(422);
  const kept = await post(accepted, "keep", { note: "Still behind the gateway.", version });
  expect(kept).toMatchObject({ status: 200, body: { re_review: null, governance_status: "accepted_risk", accepted_until: expect.any(String) } });
  expect(record.parse(kept.body).version).toBe(version + 1);
  expect(await post(accepted, "keep", { note: "Once more." })).toMatchObject({ status: 409 });

  expect((await post(patched, "amend", { reason: "false_positive", note: "It never was." })).status, "another status is no amendment").toBe(422);
  expect(await post(open, "amend", { note: "There is nothing yet." })).toMatchObject({ status: 409 });
  const amended = await post(patched, "amend", { reason: "mitigated", follow_up_on: await inDays(30), note: "A filter, not a fix." });
  expect(amended).toMatchObject({ status: 200, body: { re_review: null, governance_status: "resolved", close_reason: "mitigated" } });
  expect(await flagged()).toBe(0);
  expect((await trailOf(patched.id)).slice(-2).map((line) => line.replace(/^.*: /, ""))).toEqual(["finding.amended v5", "finding.re_review_cleared v6"]);
});

test("taking an amendment back brings reason, day and flag back, and the log keeps all of it", async () => {
  const before = await stored(patched);
  const { actionId } = done(await amend(ann, { environment, items: items(patched), reason: "mitigated", followUpOn: await inDays(30), note: "A filter." }));
  const entries = await entriesOf(patched.id);
  done(await revert(ann, { environment, actionId, items: items(patched) }));
  const { version: _then, ...restored } = await stored(patched);
  const { version: _was, ...was } = before;
  expect(restored).toEqual(was);
  expect(await entriesOf(patched.id)).toEqual(expect.arrayContaining(entries));
});

test("the same response with something else to say puts right what stands; the same anew is left alone", async () => {
  done(await respond(ann, { environment, items: items(open), response: "investigating" }));
  const wait = { environment, items: items(open), response: "investigating", reason: "vendor_notified", followUpOn: await inDays(14) };
  expect(await respond(ann, wait)).toMatchObject({ refusal: { code: "invalid", errors: [{ path: "note" }] } });
  done(await respond(ann, { ...wait, note: "Case 118." }));
  expect(await stored(open)).toMatchObject({ governanceStatus: "in_progress", closeReason: "vendor_notified", followUpOn: new Date(wait.followUpOn), acknowledgedAt: expect.any(Date) });
  expect((await trailOf(open.id)).at(-1)).toContain("finding.acknowledged");
  expect(done(await respond(ann, wait))).toMatchObject({ changed: [], skipped: [{ code: "conflict" }] });
  expect(done(await keepDecision(ann, { environment, items: items(open, accepted), note: "Looked at." }))).toMatchObject({ changed: [accepted.number], skipped: [{ number: open.number, code: "conflict" }] });
});

test("all that are flagged are kept by one act, told before, with a note, and taken back as one", async () => {
  const keep = (note?: string) => prepareBulk(ann, { environment, filter: { tab: "all", is: "re_review" }, action: { keep: true, note } });
  const groups = async (bulk: number) => done(await getBulk(ann, { environment, bulk })).groups.map(({ code, n }) => `${code} ${n}`);
  expect(await groups(done(await keep()).id), "an accepted one and a resolved one").toEqual(["note 1", "note 1"]);
  expect(await prepareBulk(ann, { environment, filter: { tab: "all" }, action: { keep: true, response: "investigating", note: "Both." } })).toMatchObject({ refusal: { code: "invalid" } });
  const all = done(await prepareBulk(ann, { environment, filter: { tab: "all" }, action: { keep: true, note: "All still hold." } }));
  expect((await groups(all.id)).sort()).toEqual(["already_there 1", "changes 1", "changes 1"]);

  const { id } = done(await prepareBulk(ann, { environment, filter: { tab: "all", is: "re_review" }, action: { keep: true, note: "Both still hold." }, start: true }));
  expect(await runBulk(id)).toBe(true);
  expect(await flagged()).toBe(0);
  expect((await entriesOf(accepted.id)).at(-1)).toMatchObject({ action: "finding.re_review_cleared", bulkId: id, body: { note: "Both still hold." } });
  await runBulk(done(await undoBulk(ann, { environment, bulk: id })).id);
  expect(await flagged()).toBe(2);
});

test("what a preview of closing says of decisions that stand is what the run makes of them", async () => {
  const close = async (note?: string, start = false) => done(await prepareBulk(ann, { environment, filter: { tab: "all" }, action: { response: "closed", reason: "patched", note }, start }));
  const groups = async (bulk: number) => done(await getBulk(ann, { environment, bulk })).groups.map(({ code, n }) => `${code} ${n}`).sort();
  done(await respond(ann, { environment, items: items(open), response: "closed", reason: "duplicate", duplicateOf: accepted.number }));
  expect(await groups((await close()).id), "the same, another reason without a note, and one that moves").toEqual(["already_there 1", "changes 1", "note 1"]);
  const { id } = await close("All of them are shipped.", true);
  await runBulk(id);
  expect(await groups(id)).toEqual(["changes 3"]);
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "resolved", closeReason: "patched", duplicateOf: null } })).toBe(3);
});
