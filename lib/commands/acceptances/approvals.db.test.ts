import { beforeEach, expect, test } from "vitest";
import { approveAcceptance } from "@/lib/commands/acceptances/approve";
import { refuseAcceptance } from "@/lib/commands/acceptances/refuse";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { runChunk, takeBulk } from "@/lib/commands/bulks/run";
import { assign } from "@/lib/commands/findings/assign";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { undoBulk } from "@/lib/commands/findings/undo-bulk";
import { prisma } from "@/lib/db/client";
import type { BatchOutcome } from "@/lib/domain/finding/batch";
import type { Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { listFindings } from "@/lib/queries/rest-findings";
import { moveClock } from "@/lib/testing/clock";
import { entriesOf, trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFindings, makeMember, makeScope, type MadeFinding } from "@/lib/testing/make";

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

let environment: number;
let ann: Actor & { personId: number };
let mia: Actor & { personId: number };
let finding: MadeFinding;

beforeEach(async () => {
  environment = await makeEnvironment({ policy: { acceptance: { approval_required: true } } });
  ann = await makeMember(environment, "analyst", "Ann");
  mia = await makeMember(environment, "manager", "Mia");
  const [first] = await makeFindings(await makeScope(environment), 3);
  if (!first) throw new Error("No finding was made.");
  finding = first;
});

const on = (...numbers: number[]) => ({ environment, items: numbers.map((number) => ({ number })) });
const asks = (who: Actor, days = 30, ...numbers: number[]) =>
  respond(who, { ...on(...(numbers.length > 0 ? numbers : [1])), response: "accepted_risk", expiresAt: inDays(days), note: "Isolated network." });
const stored = () => prisma.finding.findUniqueOrThrow({ where: { id: finding.id } });
const waiting = async () => {
  const found = await listFindings(ann, { environment, filter: { q: "is:requested" }, limit: 10, cursor: null });
  return found.ok ? found.value.items.map(({ number }) => number).sort() : found.refusal.message;
};
function action(done: Result<BatchOutcome>): string {
  if (!done.ok || done.value.actionId === null) throw new Error("Nothing was done.");
  return done.value.actionId;
}

test("asked for, it waits in its list with the status as it was; approved by somebody else, requester and approver both stand on it", async () => {
  expect(await asks(ann)).toMatchObject({ ok: true, value: { changed: [], requested: [1] } });
  expect(await waiting()).toEqual([1]);
  expect(await stored()).toMatchObject({ governanceStatus: "open", version: 1, acceptedUntil: null, firstResponseAt: null });

  expect(await approveAcceptance(ann, on(1))).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  expect(await approveAcceptance(mia, { ...on(1), note: "Until the migration." })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await stored()).toMatchObject({ governanceStatus: "accepted_risk", closeReason: "risk_accepted", version: 4 });
  expect(await trailOf(finding.id)).toEqual(["Ann: acceptance.requested v1", "Mia: acceptance.approved v2", "Mia: finding.transitioned open>accepted_risk v3", "Mia: finding.acknowledged v4"]);
  expect(await prisma.acceptance.findFirst({ where: { findingId: finding.id } })).toMatchObject({ actorName: "Ann", justification: "Isolated network.", approverId: mia.personId });
  expect(await waiting()).toEqual([]);
});

test("nobody approves what they asked for themselves, manager or not", async () => {
  await asks(mia);
  expect(await approveAcceptance(mia, on(1))).toMatchObject({ ok: true, value: { changed: [], skipped: [{ number: 1, code: "forbidden" }] } });
  expect(await refuseAcceptance(mia, { ...on(1), note: "No." })).toMatchObject({ ok: true, value: { changed: [] } });
  const max = await makeMember(environment, "manager", "Max");
  expect(await approveAcceptance(max, on(1))).toMatchObject({ ok: true, value: { changed: [1] } });
});

test("refused with a note it is as before, and only the log remembers", async () => {
  await asks(ann);
  expect(await refuseAcceptance(mia, { ...on(1), note: " " })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  expect(await refuseAcceptance(mia, { ...on(1), note: "It faces the internet." })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await stored()).toMatchObject({ governanceStatus: "open", version: 2 });
  expect((await entriesOf(finding.id)).at(-1)).toMatchObject({ action: "acceptance.refused", actorName: "Mia", body: { note: "It faces the internet." } });
  expect(await waiting()).toEqual([]);
  expect(await approveAcceptance(mia, on(1))).toMatchObject({ value: { skipped: [{ code: "conflict" }] } });
});

test("an approver who saw another request than the one that stands is told", async () => {
  await asks(ann, 30);
  await asks(ann, 90);
  expect(await approveAcceptance(mia, { environment, items: [{ number: 1, version: 1 }] })).toMatchObject({ value: { changed: [], skipped: [{ code: "stale" }] } });
  expect(await prisma.acceptanceRequest.findMany({ where: { findingId: finding.id }, orderBy: { id: "asc" }, select: { outcome: true } })).toEqual([{ outcome: "replaced" }, { outcome: null }]);
});

test("its requester takes it back; taking an approval back lets the request stand again", async () => {
  const asked = action(await asks(ann));
  expect(await revert(ann, { environment, actionId: asked })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await waiting()).toEqual([]);
  expect(await stored()).toMatchObject({ governanceStatus: "open", version: 2 });

  await asks(ann);
  const approved = action(await approveAcceptance(mia, on(1)));
  expect(await revert(mia, { environment, actionId: approved })).toMatchObject({ ok: true, value: { changed: [1] } });
  expect(await stored()).toMatchObject({ governanceStatus: "open", acceptedUntil: null });
  expect(await waiting()).toEqual([1]);
});

test("a decision of a person overtakes the request, an assignment leaves it; taken back, it stands again", async () => {
  await asks(ann);
  await assign(mia, { ...on(1), assignee: ann.personId });
  expect(await waiting()).toEqual([1]);
  const closed = action(await respond(mia, { ...on(1), response: "closed", reason: "false_positive", note: "Test code." }));
  expect(await waiting()).toEqual([]);
  await revert(mia, { environment, actionId: closed });
  expect(await waiting()).toEqual([1]);
});

test("past its date it can no longer be approved", async () => {
  await asks(ann, 5);
  await moveClock(6 * DAY);
  expect(await approveAcceptance(mia, on(1))).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  expect(await stored()).toMatchObject({ governanceStatus: "open" });
});

test("asked for by filter in the background, together with an assignment: counted as requested, taken back as one", async () => {
  const prepared = await prepareBulk(mia, { environment, filter: { tab: "all" }, action: { response: "accepted_risk", expiresAt: inDays(30), note: "Lab.", assignee: ann.personId }, start: true });
  if (!prepared.ok) throw new Error(prepared.refusal.message);
  const claimed = await takeBulk(prepared.value.id);
  if (!claimed) throw new Error("It was not there to take.");
  expect(await runChunk(claimed, 10)).toEqual({ ok: true, value: "ended" });
  expect(await prisma.bulk.findUnique({ where: { id: prepared.value.id } })).toMatchObject({ changed: 0, requested: 3, status: "completed" });
  expect(await waiting()).toEqual([1, 2, 3]);
  expect(await stored()).toMatchObject({ assigneeId: ann.personId, governanceStatus: "open" });

  const max = await makeMember(environment, "manager", "Max");
  await approveAcceptance(max, on(2));
  expect(await undoBulk(mia, { environment, bulk: prepared.value.id })).toMatchObject({ ok: true, value: { changed: 2, skipped: [{ number: 2 }] } });
  expect(await waiting()).toEqual([]);
  expect(await stored()).toMatchObject({ assigneeId: null });
});

