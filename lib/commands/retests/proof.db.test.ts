import { expect, test } from "vitest";
import { z } from "zod";
import { closeTickets } from "@/lib/commands/tickets/close";
import { createTickets } from "@/lib/commands/tickets/create";
import { respond } from "@/lib/commands/findings/respond";
import { prisma, sql } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import type { Actor } from "@/lib/gate/actor";
import { done } from "@/lib/testing/done";
import { entriesOf, trailOf } from "@/lib/testing/expect-audit";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { fingerprintOf, imported } from "@/lib/testing/scans";
import { cancelRetest } from "./cancel";
import { requestRetests } from "./request";
import { settleRetest } from "./settle";

// A fix is verified by evidence: by a retest, or by the next covering scan. The times of scans lie in the hours to come.
const at = (hour: number) => new Date(Date.now() + hour * 3_600_000);

type Ground = { environment: number; ann: Actor; max: Actor; of: (name: string) => Promise<{ id: number; number: number; governanceStatus: string; verification: string; closeReason: string | null; version: number }> };

async function ground(tickets: Record<string, unknown> = {}): Promise<Ground> {
  const environment = await makeEnvironment();
  await changePolicy(environment, { tickets: { deployment_hours: 0, ...tickets } });
  const [ann, max] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "manager", "Max")];
  await imported({ environment, takenAt: at(-2), sees: ["a", "b"] });
  await imported({ environment, takenAt: at(-1), sees: ["a", "b"] });
  return {
    environment, ann, max,
    of: (name) => prisma.finding.findFirstOrThrow({ where: { environmentId: environment, fingerprint: Buffer.from(fingerprintOf(name), "hex") }, select: { id: true, number: true, governanceStatus: true, verification: true, closeReason: true, version: true } }),
  };
}

async function ticketOf({ environment, ann, of }: Ground, ...names: string[]): Promise<number> {
  const items = await Promise.all(names.map(async (name) => ({ number: (await of(name)).number })));
  const { tickets: [ticket] } = done(await createTickets(ann, { environment, items, grouping: "one", connector: null }));
  return ticket?.number ?? 0;
}

const standing = z.object({ state: z.string(), remediation: z.string(), attempts: z.number(), reopenCount: z.number(), reopenReason: z.string().nullable(), waits: z.boolean() });
const stands = (environment: number, number: number) => row(prisma, standing, sql`
  SELECT state, remediation, attempts, reopen_count AS "reopenCount", reopen_reason AS "reopenReason", retest_at IS NOT NULL AS waits FROM ticket WHERE environment_id = ${environment} AND number = ${number}`);
const events = async (environment: number, number: number) => (await prisma.auditEvent.findMany({ where: { environmentId: environment, recordType: "ticket", recordNumber: number }, orderBy: { sequence: "asc" } })).map(({ actorName, action }) => `${actorName}: ${action}`);

test("a ticket closed as patched waits; the scan that no longer sees the weakness verifies it, names its report, and touches no decision", async () => {
  const here = await ground();
  const { environment, ann, of } = here;
  const ticket = await ticketOf(here, "a");
  done(await closeTickets(ann, { environment, items: [{ number: ticket }], reason: "patched" }));
  expect(await stands(environment, ticket)).toMatchObject({ state: "closed", remediation: "resolved", waits: true });

  await imported({ environment, takenAt: at(1), sees: ["b"], options: { scope: "partial", scope_rules: ["rule-b"] } });
  expect(await stands(environment, ticket)).toMatchObject({ remediation: "resolved" }); // it did not look

  const scan = await imported({ environment, takenAt: at(2), sees: ["b"], actor: here.max });
  expect(await stands(environment, ticket)).toEqual({ state: "closed", remediation: "verified", attempts: 0, reopenCount: 0, reopenReason: null, waits: false });
  const finding = await of("a");
  expect(finding).toMatchObject({ governanceStatus: "open", verification: "verified" });
  expect((await trailOf(finding.id)).slice(-2)).toEqual(["System: finding.evidence_added v2", "System: finding.verified v3"]);
  const upload = await prisma.scan.findUniqueOrThrow({ where: { id: scan.scan }, select: { upload: { select: { sha256: true } } } });
  expect(await prisma.evidence.findMany({ where: { findingId: finding.id } })).toMatchObject([{ kind: "scan", reference: upload.upload.sha256, scanId: scan.scan, actorType: "system", note: expect.stringContaining("Max") }]);

  await imported({ environment, takenAt: at(3), sees: ["b"] });
  expect(await prisma.evidence.count({ where: { findingId: finding.id } })).toBe(1);
  expect(done(await respond(ann, { environment, items: [{ number: finding.number }], response: "closed", reason: "patched" })).changed).toEqual([finding.number]);
  expect(await of("a")).toMatchObject({ governanceStatus: "resolved", verification: "verified" });
});

test("what is still seen within the deployment window says nothing; after it the fix failed, the ticket opens by itself, and the third time the security team hears of it", async () => {
  const here = await ground({ deployment_hours: 2, max_attempts: 3 });
  const { environment, ann, of } = here;
  const ticket = await ticketOf(here, "a", "b");
  for (const round of [1, 2, 3]) {
    done(await closeTickets(ann, { environment, items: [{ number: ticket }], reason: "patched" }));
    await imported({ environment, takenAt: at(1 + (round - 1) / 10), sees: ["a"] });
    expect(await stands(environment, ticket)).toMatchObject({ state: "closed", remediation: "resolved", attempts: round - 1 });
    await prisma.$executeRaw(sql`UPDATE ticket_finding SET retest_at = now() WHERE remediation = 'resolved'`);
    await imported({ environment, takenAt: at(1 + (round - 1) / 10 + 0.05), sees: ["a"] });
    expect(await stands(environment, ticket)).toMatchObject({ state: "open", remediation: "reopened", attempts: round, reopenCount: round, waits: false, reopenReason: expect.stringContaining("still sees it") });
  }
  const fixOf = async (name: string) => prisma.ticketFinding.findFirstOrThrow({ where: { findingId: (await of(name)).id } });
  expect(await fixOf("a")).toMatchObject({ remediation: "reopened", isOpen: true });
  expect(await fixOf("b")).toMatchObject({ remediation: "verified", isOpen: true, attempts: 0 });
  expect((await events(environment, ticket)).filter((line) => line.endsWith("escalated"))).toEqual(["System: ticket.escalated"]);
  expect((await events(environment, ticket)).slice(-3)).toEqual(["System: ticket.remediation_moved", "System: ticket.escalated", "System: ticket.reopened"]);
  expect(await of("a")).toMatchObject({ governanceStatus: "open", verification: "failed" });
});

test("a verified fix that comes back is a failed retest: the resolved finding regresses once, and its ticket opens again with the reason", async () => {
  const here = await ground({ record_verified: true });
  const { environment, ann, of } = here;
  const ticket = await ticketOf(here, "a", "b");
  done(await respond(ann, { environment, items: [{ number: (await of("b")).number }], response: "closed", reason: "mitigated" }));
  done(await closeTickets(ann, { environment, items: [{ number: ticket }], reason: "patched" }));
  await imported({ environment, takenAt: at(1), sees: [] });
  expect(await of("a")).toMatchObject({ governanceStatus: "resolved", closeReason: "patched", verification: "verified" });
  expect((await trailOf((await of("a")).id)).slice(-4)).toEqual(["System: finding.evidence_added v2", "System: finding.verified v3", "System: finding.transitioned open>resolved v4", "System: finding.acknowledged v5"]);

  await imported({ environment, takenAt: at(2), sees: ["a"] });
  expect(await of("a")).toMatchObject({ governanceStatus: "reopened" });
  expect((await trailOf((await of("a")).id)).slice(-1)).toEqual(["System: finding.regressed resolved>reopened v6"]);
  expect(await stands(environment, ticket)).toMatchObject({ state: "open", remediation: "reopened", attempts: 1, reopenCount: 1 });
  expect(await trailOf((await of("b")).id)).toContain("System: finding.re_review_flagged v6");
});

test("whoever names the next covering scan as the proof claims: in progress until it comes, completed by it, or failed", async () => {
  const here = await ground();
  const { environment, ann, of } = here;
  const numbers = [{ number: (await of("a")).number }, { number: (await of("b")).number }];
  done(await respond(ann, { environment, items: numbers, response: "closed", reason: "patched", claim: true, note: "shipped" }));
  expect(await of("a")).toMatchObject({ governanceStatus: "in_progress", verification: "pending", closeReason: "patched" });
  await imported({ environment, takenAt: at(-0.5), sees: ["b"] }); // taken before the claim: it closes detection and proves nothing
  expect(await of("a")).toMatchObject({ governanceStatus: "in_progress", verification: "pending" });

  await imported({ environment, takenAt: at(1), sees: ["b"] });
  expect(await of("a")).toMatchObject({ governanceStatus: "resolved", verification: "verified", closeReason: "patched" });
  expect(await of("b")).toMatchObject({ governanceStatus: "in_progress", verification: "failed", closeReason: null });
  expect((await trailOf((await of("a")).id))).toEqual([
    "Ann: finding.transitioned open>in_progress v1", "Ann: finding.claimed v2", "System: finding.evidence_added v3", "System: finding.verified v4",
    "System: finding.transitioned in_progress>resolved v5", "System: finding.acknowledged v6",
  ]);
  expect((await trailOf((await of("b")).id)).slice(-1)).toEqual(["System: finding.verification_failed v3"]);
});

test("where policy asks for four eyes, the scan of whoever resolved it proves nothing; somebody else's does", async () => {
  const here = await ground({ four_eyes: true });
  const { environment, ann, max, of } = here;
  const ticket = await ticketOf(here, "a");
  done(await closeTickets(ann, { environment, items: [{ number: ticket }], reason: "patched" }));
  done(await respond(ann, { environment, items: [{ number: (await of("b")).number }], response: "closed", reason: "patched", claim: true }));
  await imported({ environment, takenAt: at(1), sees: [], actor: ann });
  expect(await stands(environment, ticket)).toMatchObject({ remediation: "resolved" });
  expect(await of("b")).toMatchObject({ governanceStatus: "in_progress", verification: "pending" });
  await imported({ environment, takenAt: at(2), sees: [], actor: max });
  expect(await stands(environment, ticket)).toMatchObject({ remediation: "verified" });
  expect(await of("b")).toMatchObject({ governanceStatus: "resolved", verification: "verified" });
});

test("a retest by hand that passes is evidence; one that fails reopens the resolved finding and its ticket, and spends an attempt only where a fix was ready", async () => {
  const here = await ground();
  const { environment, ann, max, of } = here;
  const { number, id } = await of("a");
  const ticket = await ticketOf(here, "a");
  const asked = done(await requestRetests(ann, { environment, items: [number], note: "after the window" }));
  expect(await requestRetests(max, { environment, items: [number] })).toMatchObject({ ok: false, refusal: { code: "conflict" } });
  expect(done(await settleRetest(max, { environment, finding: number, passed: false, note: "the form still takes it" }))).toMatchObject({ id: asked.retests[0]?.id });
  expect(await stands(environment, ticket)).toMatchObject({ state: "open", remediation: "open", attempts: 0 }); // nobody had called it ready

  done(await closeTickets(ann, { environment, items: [{ number: ticket }], reason: "patched" }));
  done(await settleRetest(max, { environment, finding: number, passed: true, note: "input is refused now", reference: "PT-7" }));
  expect(await stands(environment, ticket)).toMatchObject({ state: "closed", remediation: "verified" });
  expect(await of("a")).toMatchObject({ governanceStatus: "open", verification: "verified" });
  done(await respond(ann, { environment, items: [{ number }], response: "closed", reason: "patched" }));
  expect(await of("a")).toMatchObject({ governanceStatus: "resolved", verification: "verified" });

  done(await settleRetest(max, { environment, finding: number, passed: false, note: "a second form" }));
  expect(await of("a")).toMatchObject({ governanceStatus: "reopened", verification: "failed", closeReason: null });
  expect(await stands(environment, ticket)).toMatchObject({ state: "open", remediation: "reopened", attempts: 1, reopenReason: "A retest failed: a second form" });
  expect((await trailOf(id)).slice(-3)).toEqual([expect.stringContaining("Max: retest.failed"), expect.stringContaining("Max: finding.verification_failed"), expect.stringContaining("System: finding.regressed resolved>reopened")]);
  expect((await entriesOf(id)).at(-1)?.body?.reason).toBe("A retest failed: a second form");
  expect(await cancelRetest(ann, { environment, finding: number, note: "no" })).toMatchObject({ ok: false, refusal: { code: "conflict" } });
});

test("a retest that stands is settled by the next covering scan after it is due, and by none before", async () => {
  const here = await ground();
  const { environment, ann, of } = here;
  const { number, id } = await of("a");
  done(await requestRetests(ann, { environment, items: [number], dueAt: at(2).toISOString() }));
  await imported({ environment, takenAt: at(1), sees: ["a"] });
  expect(await prisma.retest.findFirstOrThrow({ where: { findingId: id } })).toMatchObject({ status: "requested" });
  const scan = await imported({ environment, takenAt: at(3), sees: ["b"] });
  expect(await prisma.retest.findFirstOrThrow({ where: { findingId: id } })).toMatchObject({ status: "passed", scanId: scan.scan, settledBy: `Scan ${scan.scan}` });
  expect(await of("a")).toMatchObject({ verification: "verified" });
  expect((await trailOf(id)).slice(-3)).toEqual(["System: finding.evidence_added v1", "System: finding.verified v2", "System: retest.passed"]);
});
