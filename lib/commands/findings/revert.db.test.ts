import { beforeEach, describe, expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { bulk } from "@/lib/commands/findings/bulk";
import { respond } from "@/lib/commands/findings/respond";
import { revert } from "@/lib/commands/findings/revert";
import { tag } from "@/lib/commands/findings/tag";
import { transition } from "@/lib/commands/findings/transition";
import { undoBulk } from "@/lib/commands/findings/undo-bulk";
import { addEvidence } from "@/lib/commands/findings/add-evidence";
import { expireAcceptances } from "@/lib/commands/acceptances/expire-acceptances";
import { prisma } from "@/lib/db/client";
import { getBulk, listBulkItems } from "@/lib/queries/bulk";
import { systemActor, type Actor } from "@/lib/gate/actor";
import { moveClock } from "@/lib/testing/clock";
import { entriesOf, trailOf } from "@/lib/testing/expect-audit";
import { makeEnvironment, makeFinding, makeFindings, makeMember, makeScope, type MadeFinding, type MadeScope } from "@/lib/testing/make";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let environment: number;
let scope: MadeScope;
let ann: Actor & { personId: number };
let finding: MadeFinding;

beforeEach(async () => {
  environment = await makeEnvironment();
  scope = await makeScope(environment);
  ann = await makeMember(environment, "analyst", "Ann");
  finding = await makeFinding(scope);
});

const one = () => ({ environment, items: [{ number: finding.number }], strict: true });
const databaseDays = async (days: number) => {
  const [row] = await prisma.$queryRaw<{ at: Date }[]>`SELECT docket_now() + ${days}::int * interval '1 day' AS at`;
  return row!.at.toISOString();
};

/** All that people own, the clocks included; the version is not among them. */
async function owned() {
  const { version: _version, ...rest } = await prisma.finding.findUniqueOrThrow({ where: { id: finding.id } });
  return rest;
}

async function actionOf(answer: Promise<{ ok: boolean }>): Promise<string> {
  expect(await answer).toMatchObject({ ok: true });
  const [newest] = await prisma.auditEvent.findMany({ where: { findingId: finding.id }, orderBy: { sequence: "desc" }, take: 1 });
  return newest!.actionId;
}

describe("taking back", () => {
  test("a closure restores status, assignee, tags and clocks exactly, hours later", async () => {
    await assign(ann, { ...one(), assignee: ann.personId });
    await tag(ann, { ...one(), add: ["dmz", "Payment Card"], remove: [] });
    await respond(ann, { ...one(), response: "accepted_risk", expiresAt: await databaseDays(40), note: "Until the move." });
    const before = await owned();
    await moveClock(5 * HOUR);
    const action = await actionOf(respond(ann, { ...one(), response: "closed", reason: "patched" }));
    expect((await owned()).resolveBy).not.toEqual(before.resolveBy);
    await moveClock(7 * HOUR);

    expect(await revert(ann, { ...one(), actionId: action })).toMatchObject({ ok: true, value: { changed: [1] } });
    expect(await owned()).toEqual(before);
    const last = (await entriesOf(finding.id)).at(-1);
    expect(last).toMatchObject({ action: "finding.reverted", fromStatus: "resolved", toStatus: "accepted_risk", revokes: action });
  });

  test("an action named by the sequence of one of its events comes back whole", async () => {
    await respond(ann, { ...one(), response: "closed", reason: "false_positive", note: "No." });
    const before = await owned();
    await respond(ann, { ...one(), response: "closed", reason: "patched" });
    const hop = (await entriesOf(finding.id)).at(-2);
    expect(await revert(ann, { ...one(), event: String(hop?.sequence) })).toMatchObject({ ok: true });
    expect(await owned()).toEqual(before);
  });

  test("is refused after somebody else's change, after the window, and to somebody who is neither the actor nor a manager", async () => {
    const bob = await makeMember(environment, "analyst", "Bob");
    const action = await actionOf(transition(ann, { ...one(), to: "in_progress" }));
    expect(await revert(bob, { ...one(), actionId: action })).toMatchObject({ refusal: { code: "forbidden" } });
    await tag(bob, { ...one(), add: ["mine"], remove: [] });
    expect(await revert(ann, { ...one(), actionId: action })).toMatchObject({ refusal: { code: "conflict", message: expect.stringMatching(/^Something newer has been decided on this finding\. Bob, \d{1,2} \w{3} \d{4}, /) } });

    const tagging = (await entriesOf(finding.id)).at(-1)!.actionId;
    await moveClock(25 * HOUR);
    const boss = await makeMember(environment, "manager");
    expect(await revert(boss, { ...one(), actionId: tagging })).toMatchObject({ refusal: { code: "conflict", message: "An action can be taken back for 24 hours." } });
  });

  test("a manager may take back what an analyst did, and the taking back can itself be taken back", async () => {
    const boss = await makeMember(environment, "manager", "Boss");
    const action = await actionOf(transition(ann, { ...one(), to: "in_progress" }));
    const decided = await owned();
    const second = await actionOf(revert(boss, { ...one(), actionId: action }));
    expect(await revert(boss, { ...one(), actionId: second })).toMatchObject({ ok: true });
    expect(await owned()).toEqual(decided);
  });

  test("a revocation does not bring an acceptance back that has expired meanwhile", async () => {
    await respond(ann, { ...one(), response: "accepted_risk", expiresAt: await databaseDays(1), note: "One day." });
    await moveClock(20 * HOUR);
    const action = await actionOf(respond(ann, { ...one(), response: "needs_review" }));
    await moveClock(6 * HOUR);
    expect(await revert(ann, { environment, actionId: action })).toMatchObject({
      ok: true,
      value: { changed: [], skipped: [{ number: 1, code: "conflict", why: "The acceptance that it would go back to has expired." }] },
    });
  });

  test("evidence stays: there is nothing to take back, and no way into another environment", async () => {
    const action = await actionOf(addEvidence(ann, { ...one(), evidence: [{ kind: "commit", reference: "4f2a91c" }] }));
    expect(await revert(ann, { ...one(), actionId: action })).toMatchObject({ refusal: { message: "There is nothing to take back: evidence stays." } });
    const elsewhere = await makeEnvironment();
    const eve = await makeMember(elsewhere, "manager");
    expect(await revert(eve, { environment: elsewhere, actionId: action })).toMatchObject({ refusal: { code: "missing" } });
  });

  test("what a scan did to the clocks since then stays done", async () => {
    const action = await actionOf(transition(ann, { ...one(), to: "in_progress" }));
    await prisma.$executeRaw`UPDATE finding SET scanner_status = 'closed', last_seen_on = added_on, last_scanned = added_on + interval '9 hours',
      sla_paused_at = docket_now(), resolve_by = NULL WHERE id = ${finding.id}`;
    expect(await revert(ann, { ...one(), actionId: action })).toMatchObject({ ok: true });
    expect(await owned()).toMatchObject({ governanceStatus: "open", resolveBy: null, slaPausedAt: expect.any(Date) });
  });

  test("a clock that a re-find has started anew since then is not set back to the first sight", async () => {
    const action = await actionOf(transition(ann, { ...one(), to: "in_progress" }));
    await moveClock(3 * HOUR);
    await prisma.$executeRaw`UPDATE finding SET sla_started_at = docket_now(), acknowledge_by = docket_now() + interval '1 day',
      resolve_by = docket_now() + interval '30 days' WHERE id = ${finding.id}`;
    const { slaStartedAt } = await owned();
    await moveClock(2 * HOUR);
    expect(await revert(ann, { ...one(), actionId: action })).toMatchObject({ ok: true });
    const { resolveBy, ...after } = await owned();
    expect(after).toMatchObject({ governanceStatus: "open", slaStartedAt });
    expect(resolveBy?.getTime()).toBeGreaterThan(slaStartedAt.getTime());
  });
});

describe("in bulk", () => {
  test("several acts are one action: skips are listed, undo restores, what moved since is left alone", async () => {
    const others = await makeFindings(scope, 3);
    await respond(ann, { environment, items: [{ number: 4 }], response: "accepted_risk", expiresAt: await databaseDays(9), note: "Isolated." });
    const before = await owned();
    const answer = await bulk(ann, {
      environment,
      items: [1, 2, 3, 4, 9].map((number) => ({ number, ...(number === 3 ? { version: 7 } : {}) })),
      action: { response: "closed", reason: "patched", severity: "low", assignee: ann.personId, tags: { add: ["swept"], remove: [] } },
      note: "Patch day.",
    });
    expect(answer).toMatchObject({ ok: true, value: { status: "completed", total: 5, done: 5, changed: 3 } });
    expect(answer.ok && answer.value.skipped.map(({ number, code }) => [number, code])).toEqual([[9, "missing"], [3, "stale"]]);
    expect(await owned()).toMatchObject({ governanceStatus: "resolved", teamSeverity: "low", calibrated: "low", assigneeId: ann.personId, tags: ["swept"] });
    expect(await trailOf(finding.id)).toEqual([
      "Ann: finding.severity_calibrated v1", "Ann: finding.assigned v2", "Ann: finding.tagged v3", "Ann: finding.transitioned open>resolved v4", "Ann: finding.acknowledged v5",
    ]);
    const entries = await prisma.auditEvent.findMany({ where: { findingId: finding.id, action: { in: ["finding.assigned", "finding.tagged", "finding.transitioned"] } }, select: { body: { select: { note: true } } } });
    expect(entries.map(({ body }) => body?.note), "each part keeps the note").toEqual(["Patch day.", "Patch day.", "Patch day."]);

    await tag(ann, { environment, items: [{ number: 2 }], add: ["kept"], remove: [] });
    const id = answer.ok ? answer.value.id : 0;
    const undone = await undoBulk(ann, { environment, bulk: id });
    expect(undone).toMatchObject({ ok: true, value: { undoOf: id, total: 3, changed: 2, skipped: [{ number: 2, code: "conflict" }] } });
    const of = { environment, bulk: undone.ok ? undone.value.id : 0 };
    expect(await getBulk(ann, of)).toMatchObject({ ok: true, value: { groups: [{ code: "changes", n: 2 }, { code: "moved", n: 1 }] } });
    expect(await listBulkItems(ann, { ...of, outcome: "skipped" })).toMatchObject({ ok: true, value: { items: [{ number: 2, code: "moved", next: expect.stringContaining("as they are now") }] } });
    expect(await owned()).toEqual(before);
    expect(await prisma.bulk.count({ where: { environmentId: environment } })).toBe(2);
    expect(others).toHaveLength(3);
  });

  test("2,000 findings are one action, each with entries of its own", async () => {
    await makeFindings(scope, 1_999);
    const items = Array.from({ length: 2_000 }, (_, at) => ({ number: at + 1 }));
    expect(await bulk(ann, { environment, items, action: { response: "accepted_risk", expiresAt: await databaseDays(30), note: "Freeze." } })).toMatchObject({
      ok: true,
      value: { changed: 2_000, skipped: [] },
    });
    expect(await prisma.auditEvent.count({ where: { environmentId: environment, toStatus: "accepted_risk" } })).toBe(2_000);
    expect(await prisma.acceptance.count({ where: { environmentId: environment } })).toBe(2_000);
  });

  test("an input that is wrong for all is refused and leaves no record", async () => {
    expect(await bulk(ann, { environment, items: [{ number: 1 }], action: { response: "accepted_risk", note: "Freeze." } })).toMatchObject({ refusal: { code: "invalid", errors: [{ path: "expiresAt" }] } });
    expect(await bulk(ann, { environment, items: [{ number: 1 }], action: {} })).toMatchObject({ refusal: { code: "invalid" } });
    expect(await prisma.bulk.count({ where: { environmentId: environment } })).toBe(0);
  });
});

test("an expiry is the system's own act, and only a new decision follows it", async () => {
  await respond(ann, { ...one(), response: "accepted_risk", expiresAt: await databaseDays(2), note: "Two days." });
  await moveClock(3 * DAY);
  await expireAcceptances(systemActor("clock"), { environment });
  const expired = (await entriesOf(finding.id)).at(-1)!;
  const boss = await makeMember(environment, "manager");
  expect(await revert(boss, { ...one(), actionId: expired.actionId })).toMatchObject({ refusal: { code: "conflict" } });
});
