import { z } from "zod";
import { expect, test } from "vitest";
import { transition } from "@/lib/commands/findings/transition";
import { prisma, sql } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { rows } from "@/lib/db/rows";
import { decide } from "@/lib/domain/finding/decide";
import { clockOf, clockOnDetection } from "@/lib/domain/sla/clock";
import { DEFAULT_SLA } from "@/lib/domain/sla/table";
import { loadFinding } from "@/lib/queries/finding-page";
import { getFinding } from "@/lib/queries/rest-findings";
import { moveClock } from "@/lib/testing/clock";
import { done } from "@/lib/testing/done";
import { trailOf } from "@/lib/testing/expect-audit";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { context, finding as domainFinding } from "@/lib/testing/finding-state";
import { applyTest, claimedScan, imported, stageTest } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);
/** After every decision of the story. */
const later = () => new Date(Date.now() + HOUR);

async function board(environment: number): Promise<Record<string, string>> {
  const found = await rows(prisma, z.object({ title: z.string(), state: z.string() }), sql`
    SELECT title, scanner_status || '/' || governance_status AS state FROM finding WHERE environment_id = ${environment} ORDER BY title`);
  return Object.fromEntries(found.map(({ title, state }) => [title.replace("Weakness ", ""), state]));
}

async function named(environment: number, name: string) {
  return prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: `Weakness ${name}` } });
}

async function changesOf(scan: number): Promise<string[]> {
  const found = await prisma.scanChange.findMany({ where: { scanId: scan }, include: { finding: true }, orderBy: { id: "asc" } });
  return found.map(({ finding, kind }) => `${finding.title.replace("Weakness ", "")} ${kind}`).sort();
}

async function resolve(environment: number, name: string, reason: string | null, more: Record<string, unknown> = {}) {
  const who = await makeMember(environment, "analyst", "Ann");
  const { number } = await named(environment, name);
  const done = await transition(who, { environment, items: [{ number }], to: "resolved", reason, note: "Fixed in 1.2.3", strict: true, ...more });
  if (!done.ok) throw new Error(done.refusal.message);
}

test("first sight, then persisting, unseen and re-found: the scanner's axis moves and nothing else", async () => {
  const environment = await makeEnvironment();
  expect(await imported({ environment, takenAt: at(1), sees: ["a", "b", "a"] })).toMatchObject({ observed: 3, new: 2, duplicates_in_report: 1, persisting: 0 });
  expect(await board(environment)).toEqual({ a: "new/open", b: "new/open" });
  const second = await imported({ environment, takenAt: at(2), sees: ["a", "c"] });
  expect(second).toMatchObject({ observed: 2, new: 1, persisting: 1, unseen: 1 });
  expect(await changesOf(second.scan)).toEqual(["a opened", "b unseen", "c new"]);
  expect(await board(environment)).toEqual({ a: "open/open", b: "closed/open", c: "new/open" });
  expect(await imported({ environment, takenAt: at(3), sees: ["a", "b"] })).toMatchObject({ observed: 2, persisting: 1, refound: 1, unseen: 1, regressed: 0 });
  expect(await board(environment)).toEqual({ a: "open/open", b: "open/open", c: "closed/open" });
  expect((await named(environment, "b")).version).toBe(0);
});

test("a sighting contradicts patched, not mitigated; the reopened finding keeps the old decision in plain view", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b", "c"] });
  await resolve(environment, "a", "patched");
  await resolve(environment, "b", "mitigated");
  await resolve(environment, "c", "duplicate", { duplicateOf: (await named(environment, "a")).number });
  const scan = await imported({ environment, takenAt: later(), sees: ["a", "b", "c"] });

  expect(scan).toMatchObject({ persisting: 3, refound: 0, regressed: 1 });
  expect(await board(environment)).toEqual({ a: "open/reopened", b: "open/resolved", c: "open/resolved" });
  expect((await named(environment, "c")).reReview).toContain("duplicates");
  const a = await named(environment, "a");
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { findingId: a.id, action: "finding.regressed" }, include: { body: true } });
  expect(event).toMatchObject({ actorType: "system", fromStatus: "resolved", toStatus: "reopened", scanId: scan.scan, version: a.version });
  expect(event.body?.before).toMatchObject({ close_reason: "patched", decided_by: "Ann", note: "Fixed in 1.2.3" });
  expect(event.body?.reason).toContain("resolved as patched by Ann");

  const system = decide({ ...domainFinding({ governance: "resolved", closeReason: "patched" }) }, { to: "reopened" }, context({ by: "system" }));
  if (!system.ok) throw new Error(system.refusal.message);
  const { closeReason, duplicateOf, followUpOn, reReview, verification, decidedAt, acknowledgedAt, firstResponseAt, slaPausedAt } = system.value.after;
  expect(a).toMatchObject({ closeReason, duplicateOf, followUpOn, reReview, verification, decidedAt, acknowledgedAt, firstResponseAt, slaPausedAt });
  expect(a.resolveBy!.getTime() - a.slaStartedAt.getTime()).toBe(DEFAULT_SLA.windows.high.resolve);
});

test("a scan taken before the decision contradicts nothing, and neither does one that sees it no more", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b"] });
  await resolve(environment, "a", "patched");
  expect(await imported({ environment, takenAt: at(2), sees: ["a", "b"] })).toMatchObject({ regressed: 0 });
  expect(await imported({ environment, takenAt: later(), sees: ["b"] })).toMatchObject({ unseen: 1, regressed: 0 });
  expect(await board(environment)).toMatchObject({ a: "closed/resolved" });
  expect(await imported({ environment, takenAt: new Date(later().getTime() + HOUR), sees: ["a", "b"] })).toMatchObject({ refound: 1, regressed: 1 });
  expect((await board(environment)).a).toBe("open/reopened");
});

test("where policy says flag, the decision stays and says once that somebody should look", async () => {
  const environment = await makeEnvironment({ policy: { redetection: "flag" } });
  await imported({ environment, takenAt: at(1), sees: ["a"] });
  await resolve(environment, "a", "patched");
  expect(await imported({ environment, takenAt: later(), sees: ["a"] })).toMatchObject({ regressed: 1 });
  expect(await imported({ environment, takenAt: new Date(later().getTime() + HOUR), sees: ["a"] })).toMatchObject({ regressed: 0 });
  const a = await named(environment, "a");
  expect(a).toMatchObject({ governanceStatus: "resolved", closeReason: "patched", reReview: "Seen again after it was resolved." });
  expect((await trailOf(a.id)).filter((line) => line.includes("re_review_flagged"))).toHaveLength(1);
  await changePolicy(environment, {});
});

test("what is no longer seen keeps its response, and its clock stands; a re-find starts it anew, as the domain says", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a"] });
  const ann = await makeMember(environment);
  await transition(ann, { environment, items: [{ number: 1 }], to: "in_progress" });
  const before = await named(environment, "a");
  const pace = { severity: "high", kev: false, table: DEFAULT_SLA } as const;

  await moveClock(HOUR);
  await imported({ environment, takenAt: at(2), sees: [] });
  const unseen = await named(environment, "a");
  expect(unseen).toMatchObject({ scannerStatus: "closed", governanceStatus: "in_progress", response: "investigating", tab: "closed" });
  expect(clockOf(unseen)).toEqual(clockOnDetection("unseen", "in_progress", clockOf(before), unseen.slaPausedAt!, pace));

  await moveClock(HOUR);
  await imported({ environment, takenAt: at(3), sees: ["a"] });
  const refound = await named(environment, "a");
  expect(clockOf(refound)).toEqual(clockOnDetection("refound", "in_progress", clockOf(unseen), refound.slaStartedAt, pace));
  expect(refound.slaStartedAt > before.slaStartedAt).toBe(true);
  await moveClock(-2 * HOUR);
});

test("a failed run closes nothing, a partial one only what it declares, and a zero-result full scan everything it covers", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b", "c"] });
  expect(await imported({ environment, takenAt: at(2), sees: ["a"], failed: true })).toMatchObject({ persisting: 1, unseen: 0 });
  expect(await imported({ environment, takenAt: at(3), sees: [], options: { scope: "partial" } })).toMatchObject({ unseen: 0 });
  expect(await imported({ environment, takenAt: at(4), sees: [], options: { scope: "partial", scope_findings: [2] } })).toMatchObject({ unseen: 1 });
  expect(await imported({ environment, takenAt: at(5), sees: [], asset: "other" })).toMatchObject({ unseen: 0 });
  expect(await imported({ environment, takenAt: at(5), sees: [], detector: "another" })).toMatchObject({ unseen: 0 });
  expect(await imported({ environment, takenAt: at(6), sees: [] })).toMatchObject({ unseen: 2 });
  expect(Object.values(await board(environment))).toEqual(["closed/open", "closed/open", "closed/open"]);
});

test("an older scan fills history: it closes nothing, and what it alone saw arrives as not detected", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(10), sees: ["a", "b"] });
  const older = await imported({ environment, takenAt: at(5), sees: ["b", "old"] });
  expect(older).toMatchObject({ new: 1, persisting: 1, unseen: 0, refound: 0 });
  expect(await changesOf(older.scan)).toEqual(["b history", "old new"]);
  expect(await board(environment)).toEqual({ a: "new/open", b: "new/open", old: "closed/open" });
  expect(await named(environment, "old")).toMatchObject({ addedOn: at(5), lastSeenOn: at(5), resolveBy: null });
});

test("what the report itself suppresses makes no finding, closes none and reopens none", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b"] });
  const quiet = { suppressed: true };
  expect(await imported({ environment, takenAt: at(2), sees: [{ is: "a", ...quiet }, { is: "n", ...quiet }] })).toMatchObject({ suppressed: 2, new: 0, persisting: 0, unseen: 1 });
  expect(await board(environment)).toEqual({ a: "open/open", b: "closed/open" });
  expect(await imported({ environment, takenAt: at(3), sees: [{ is: "b", ...quiet }] })).toMatchObject({ suppressed: 1, refound: 0, unseen: 1 });
});

test("an old status code is taken over once, at first sight, by an entry of its own", async () => {
  const environment = await makeEnvironment();
  const coded = ["0", "1", "2", "3", "77"].map((legacyCode) => ({ is: `code-${legacyCode}`, legacyCode }));
  await imported({ environment, takenAt: at(1), sees: coded });
  const open = { "code-0": "new/open", "code-1": "new/in_progress", "code-2": "new/accepted_risk", "code-3": "new/resolved", "code-77": "new/open" };
  expect(await board(environment)).toEqual(open);
  const accepted = await named(environment, "code-2");
  expect(accepted.acceptedUntil!.getTime() - (await databaseNow(prisma)).getTime()).toBeGreaterThan(89 * 24 * HOUR);
  expect(accepted.reReview).toContain("old status code 2");
  const ann = await makeMember(environment);
  await transition(ann, { environment, items: [{ number: (await named(environment, "code-1")).number }], to: "open" });
  await imported({ environment, takenAt: at(2), sees: coded });
  expect((await board(environment))["code-1"]).toBe("open/open");
  const unknown = (await named(environment, "code-77")).number; // its code means nothing here and stays in view
  expect(done(await loadFinding(ann, { environment, number: unknown })).legacyCode).toBe("77");
  expect(done(await getFinding(ann, { environment, number: unknown })).legacy_code).toBe("77");
});

test("two imports of one scope at once end as if one came after the other; the same report twice, or shuffled, is the same state", async () => {
  const environment = await makeEnvironment();
  const twins = [{ is: "a", location: "/x:1" }, { is: "a", location: "/x:9" }, { is: "b" }, { is: "c" }];
  const both = await Promise.all([imported({ environment, takenAt: at(1), sees: twins }), imported({ environment, takenAt: at(1), sees: [...twins].reverse() })]);
  expect(both.map((scan) => scan.new).sort()).toEqual([0, 3]);
  const again = await makeEnvironment();
  await imported({ environment: again, takenAt: at(1), sees: [...twins].reverse() });
  const state = (where: number) => rows(prisma, z.unknown(), sql`
    SELECT number, title, location, scanner_status, added_on, last_seen_on FROM finding WHERE environment_id = ${where} ORDER BY number`);
  expect(await state(environment)).toEqual(await state(again));
});

test("a runner that dies between staging and applying leaves nothing; who takes over ends where it would have", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b"] });
  const report = { environment, takenAt: at(2), sees: ["b", "c"] };
  const first = await claimedScan(report);
  await stageTest(first, report);
  expect(await board(environment)).toEqual({ a: "new/open", b: "new/open" });

  await prisma.scan.update({ where: { id: first.scan }, data: { leaseUntil: new Date(Date.now() - 1000) } });
  const { startScan } = await import("./start");
  const second = await startScan(first.scan);
  expect(second).toMatchObject({ scan: first.scan, attempt: 2 });
  await expect(stageTest(first, report)).rejects.toThrow();
  const staged = await stageTest(second!, report);
  expect(await applyTest(second!, report, staged)).toMatchObject({ ok: true, value: { new: 1, persisting: 1, unseen: 1 } });
  expect(await applyTest(first, report, staged)).toMatchObject({ ok: false, refusal: { code: "conflict" } });
  expect(await board(environment)).toEqual({ a: "closed/open", b: "open/open", c: "new/open" });
});

test("a preview counts and keeps nothing", async () => {
  const environment = await makeEnvironment();
  expect(await imported({ environment, takenAt: at(2), sees: ["b", "c"], options: { dry_run: true } })).toMatchObject({ status: "previewed", new: 2, observed: 2 });
  expect(await prisma.asset.count({ where: { environmentId: environment } })).toBe(0);
  expect(await prisma.finding.count({ where: { environmentId: environment } })).toBe(0);
});

test("an unchanged rescan writes no finding; a changed severity is written, dates follow, and a team's own stays", async () => {
  const environment = await makeEnvironment();
  const sees = Array.from({ length: 50 }, (_, n) => `w${n}`);
  await imported({ environment, takenAt: at(1), sees });
  await imported({ environment, takenAt: at(2), sees });
  const versions = () => rows(prisma, z.object({ id: z.number(), xmin: z.string() }), sql`
    SELECT f.id, f.xmin::text || ' ' || d.xmin::text AS xmin FROM finding f JOIN finding_detail d ON d.finding_id = f.id WHERE f.environment_id = ${environment} ORDER BY f.id`);
  const before = await versions();
  expect(await imported({ environment, takenAt: at(3), sees })).toMatchObject({ persisting: 50 });
  expect(await versions()).toEqual(before);

  await imported({ environment, takenAt: at(4), sees: sees.map((is) => (is === "w7" ? { is, technical: "critical" as const, title: "Weakness w7" } : is)) });
  const w7 = await named(environment, "w7");
  expect(w7).toMatchObject({ technical: "critical", calibrated: "critical" });
  expect(w7.resolveBy!.getTime() - w7.slaStartedAt.getTime()).toBe(DEFAULT_SLA.windows.critical.resolve);
});

test("the importer's role cannot write a decision, even by mistake", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a"] });
  const forbidden = prisma.$transaction(async (tx) => {
    await tx.$executeRaw(sql`SET LOCAL ROLE docket_scanner`);
    await tx.$executeRaw(sql`UPDATE finding SET governance_status = 'resolved' WHERE environment_id = ${environment}`);
  });
  await expect(forbidden).rejects.toThrow(/permission denied/);
});
