import { beforeEach, describe, expect, test } from "vitest";
import { respond } from "@/lib/commands/findings/respond";
import { transition } from "@/lib/commands/findings/transition";
import { prisma } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";
import { entriesOf, logLength, trailOf } from "@/lib/testing/expect-audit";
import { changePolicy, makeAsset, makeEnvironment, makeFinding, makeMember, makeScope, type MadeFinding, type MadeScope } from "@/lib/testing/make";

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const stored = (finding: MadeFinding) => prisma.finding.findUniqueOrThrow({ where: { id: finding.id } });

let environment: number;
let scope: MadeScope;
let ann: Actor;
let finding: MadeFinding;

beforeEach(async () => {
  environment = await makeEnvironment();
  scope = await makeScope(environment);
  ann = await makeMember(environment, "analyst", "Ann");
  finding = await makeFinding(scope);
});

const on = (...findings: MadeFinding[]) => ({ environment, items: findings.map(({ number }) => ({ number })) });
const one = (made: MadeFinding, version?: number) => ({ environment, items: [{ number: made.number, version }], strict: true });

describe("closing", () => {
  test.each([
    ["patched", {}, "resolved"],
    ["mitigated", { followUpOn: inDays(30) }, "resolved"],
    ["false_positive", { note: "The parser never runs." }, "false_positive"],
  ])("as %s goes to Closed at once and names its disposition", async (reason, more, status) => {
    expect(await respond(ann, { ...one(finding), response: "closed", reason, ...more })).toMatchObject({ ok: true, value: { changed: [1], skipped: [] } });
    expect(await stored(finding)).toMatchObject({ governanceStatus: status, closeReason: reason, tab: "closed", effective: "info", calibrated: "high", version: 2 });
    expect(await trailOf(finding.id)).toEqual([`Ann: finding.transitioned open>${status} v1`, "Ann: finding.acknowledged v2"]);
    const [, acknowledged] = await entriesOf(finding.id);
    expect(acknowledged?.body?.reason).toBe(reason);
  });

  test("as duplicate names the other finding, which must be here and no duplicate itself", async () => {
    const other = await makeFinding(scope);
    const asked = { ...one(finding), response: "closed", reason: "duplicate" };
    expect(await respond(ann, asked)).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "duplicateOf" }] } });
    expect(await respond(ann, { ...asked, duplicateOf: 99 })).toMatchObject({ ok: false, refusal: { code: "invalid", message: "There is no finding F-99 here." } });
    expect(await respond(ann, { ...asked, duplicateOf: other.number })).toMatchObject({ ok: true });
    expect(await respond(ann, { ...one(other), response: "closed", reason: "duplicate", duplicateOf: finding.number })).toMatchObject({
      ok: false,
      refusal: { code: "invalid", message: "F-1 is itself a duplicate: name F-2." },
    });
  });

  test("as decommissioned rests on the date of its asset", async () => {
    expect(await respond(ann, { ...one(finding), response: "closed", reason: "decommissioned" })).toMatchObject({ ok: false, refusal: { code: "invalid" } });
    const retired = await makeFinding(await makeScope(environment, { asset: await makeAsset(environment, { decommissionOn: new Date("2020-01-31") }) }));
    expect(await respond(ann, { ...one(retired), response: "closed", reason: "decommissioned" })).toMatchObject({ ok: true });
  });

  test("with a reason that does not close names the right call and leaves no entry", async () => {
    const before = await logLength();
    expect(await respond(ann, { ...one(finding), response: "closed", reason: "vendor_notified" })).toMatchObject({
      ok: false,
      refusal: { code: "invalid", next: expect.stringContaining("follow-up date") },
    });
    expect(await logLength()).toBe(before);
  });

  test("a critical finding needs the evidence that policy asks for; a scan that comes with the decision verifies it", async () => {
    await changePolicy(environment, { closure_verification: { required: ["high"] } });
    const patched = { ...one(finding), response: "closed", reason: "patched" };
    expect(await respond(ann, patched)).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "evidence" }] } });
    expect(await respond(ann, { ...patched, evidence: [{ kind: "scan", reference: "scan 12" }] })).toMatchObject({ ok: true });
    expect(await stored(finding)).toMatchObject({ verification: "verified", version: 3 });
    expect(await prisma.evidence.count({ where: { findingId: finding.id } })).toBe(1);
  });
});

describe("the path", () => {
  test("from false positive to resolved walks over open: two entries, one action, one more for the disposition", async () => {
    await respond(ann, { ...one(finding), response: "closed", reason: "false_positive", note: "Not reachable." });
    await respond(ann, { ...one(finding), response: "closed", reason: "patched", note: "It was reachable, now it is fixed." });
    expect((await trailOf(finding.id)).slice(2)).toEqual([
      "Ann: finding.transitioned false_positive>open v3",
      "Ann: finding.transitioned open>resolved v4",
      "Ann: finding.acknowledged v5",
    ]);
    const entries = (await entriesOf(finding.id)).slice(2);
    expect(new Set(entries.map(({ actionId }) => actionId)).size).toBe(1);
    expect(entries[0]?.body?.before).toMatchObject({ governance_status: "false_positive", close_reason: "false_positive" });
  });

  test("to Needs Review over a resolution asks why, clears the disposition and keeps the first response", async () => {
    await respond(ann, { ...one(finding), response: "closed", reason: "patched" });
    const closed = await stored(finding);
    const review = { ...one(finding), response: "needs_review" };
    expect(await respond(ann, review)).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "note" }] } });
    expect(await respond(ann, { ...review, note: "The proof is of another host." })).toMatchObject({ ok: true });
    expect(await stored(finding)).toMatchObject({
      governanceStatus: "open", closeReason: null, acknowledgedAt: null, decidedAt: null, verification: "none", firstResponseAt: closed.firstResponseAt,
    });
    expect(await respond(ann, review)).toMatchObject({ ok: false, refusal: { code: "conflict", message: "Already there: Needs Review." } });
  });

  test("of one step refuses what the table does not hold and says what it does", async () => {
    expect(await transition(ann, { ...one(finding), to: "reopened" })).toMatchObject({
      ok: false,
      refusal: { code: "illegal", allowed: ["in_progress", "false_positive", "accepted_risk", "resolved"] },
    });
  });
});

describe("accepting", () => {
  const accept = (expiresAt?: string) => respond(ann, { ...one(finding), response: "accepted_risk", note: "The host is isolated.", expiresAt });

  test("needs an expiry, in the future, no further than policy allows", async () => {
    for (const expiresAt of [undefined, inDays(-1), inDays(400)]) expect(await accept(expiresAt)).toMatchObject({ ok: false, refusal: { errors: [{ path: "expiresAt" }] } });
    expect(await stored(finding)).toMatchObject({ version: 0 });
  });

  test("makes a record, pauses the clock and lowers the effective severity by the policy's bands", async () => {
    await changePolicy(environment, { acceptance: { accepted_bands: 2 } });
    const expiresAt = inDays(90);
    expect(await accept(expiresAt)).toMatchObject({ ok: true });
    const now = await stored(finding);
    expect(now).toMatchObject({ calibrated: "high", effective: "low", acceptedUntil: new Date(expiresAt), resolveBy: null });
    expect(await prisma.acceptance.findMany()).toMatchObject([{ id: now.acceptanceId, findingId: finding.id, justification: "The host is isolated.", actorName: "Ann" }]);
  });

  test("again is a renewal: a new record, and the old one stays as it was", async () => {
    await accept(inDays(30));
    const first = await stored(finding);
    await accept(inDays(60));
    const second = await stored(finding);
    expect(await prisma.acceptance.count({ where: { findingId: finding.id } })).toBe(2);
    expect(second.acceptanceId).not.toBe(first.acceptanceId);
    expect((await trailOf(finding.id)).at(-2)).toBe("Ann: finding.transitioned accepted_risk>accepted_risk v3");
  });

  test("under a policy of four eyes is only requested: the status stays as it was", async () => {
    await changePolicy(environment, { acceptance: { approval_required: true } });
    expect(await accept(inDays(30))).toMatchObject({ ok: true, value: { changed: [], requested: [1] } });
    expect(await stored(finding)).toMatchObject({ governanceStatus: "open", version: 1 });
    expect(await trailOf(finding.id)).toEqual(["Ann: acceptance.requested v1"]);
  });
});

describe("on what others did meanwhile", () => {
  test("two analysts at once: exactly one wins, the loser learns who and what", async () => {
    const bob = await makeMember(environment, "analyst", "Bob");
    const answers = await Promise.all([
      transition(ann, { ...one(finding, 0), to: "in_progress" }),
      respond(bob, { ...one(finding, 0), response: "closed", reason: "false_positive", note: "No." }),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = answers[0].ok ? "Ann" : "Bob";
    const loser = answers.find(({ ok }) => !ok);
    expect(loser).toMatchObject({ refusal: { code: "stale", message: expect.stringMatching(`^${winner} changed it at .*status Open → `), changes: expect.anything() } });
    expect(await trailOf(finding.id)).toHaveLength(winner === "Ann" ? 1 : 2);
  });

  test("without a version the decision falls on whatever is current, still under the table", async () => {
    await transition(ann, { ...one(finding), to: "in_progress" });
    expect(await transition(ann, { ...one(finding), to: "false_positive", note: "After all." })).toMatchObject({ ok: true });
  });

  test("of many, those that cannot move are skipped and named, the others move in one act", async () => {
    const [second, third, fourth] = [await makeFinding(scope), await makeFinding(scope), await makeFinding(scope)];
    await transition(ann, { ...one(second), to: "in_progress" });
    await respond(ann, { ...one(third), response: "closed", reason: "patched" });
    const items = [...on(finding, second, third).items, { number: fourth.number, version: 5 }, { number: 77 }];
    const answer = await transition(ann, { environment, items, to: "in_progress" });
    expect(answer).toMatchObject({ ok: true, value: { changed: [1] } });
    expect(answer.ok && answer.value.skipped.map(({ number, code }) => [number, code])).toEqual([[77, "missing"], [4, "stale"], [2, "conflict"], [3, "illegal"]]);
  });

  test("a finding of another environment is missing, and so is an environment that is not mine", async () => {
    const elsewhere = await makeEnvironment();
    await makeFinding(await makeScope(elsewhere));
    const hers = await makeMember(elsewhere, "analyst");
    expect(await transition(hers, { environment: elsewhere, items: [{ number: 2 }], strict: true, to: "in_progress" })).toMatchObject({ refusal: { code: "missing" } });
    expect(await transition(hers, { ...one(finding), to: "in_progress" })).toMatchObject({ refusal: { code: "missing" } });
    expect(await transition(await makeMember(environment, "viewer"), { ...one(finding), to: "in_progress" })).toMatchObject({ refusal: { code: "forbidden" } });
  });

  test("an update by direct SQL without its entry is refused by the database", async () => {
    await expect(prisma.$executeRaw`UPDATE finding SET governance_status = 'resolved', version = version + 1 WHERE id = ${finding.id}`).rejects.toThrow(/without its entry/);
  });
});
