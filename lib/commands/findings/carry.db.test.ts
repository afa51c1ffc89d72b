import { expect, test } from "vitest";
import { assign } from "@/lib/commands/findings/assign";
import { calibrate } from "@/lib/commands/findings/calibrate";
import { carryAll, carryDecision, dismissCarry } from "@/lib/commands/findings/carry";
import { revert } from "@/lib/commands/findings/revert";
import { tag } from "@/lib/commands/findings/tag";
import { transition } from "@/lib/commands/findings/transition";
import { undoBulk } from "@/lib/commands/findings/undo-bulk";
import { prisma } from "@/lib/db/client";
import { scanRows } from "@/lib/queries/scan-preview";
import { loadTimeline } from "@/lib/queries/timeline";
import { trailOf } from "@/lib/testing/expect-audit";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { imported } from "@/lib/testing/scans";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);
const later = () => new Date(Date.now() + HOUR);

/** A result as version 1 or 2 of the tool tells it: the same rule in the same file, another fingerprint. */
const told = (tool: 1 | 2, rule: string, file: string, line: number, more: Record<string, unknown> = {}) => ({
  is: `v${tool} ${rule} ${file} ${line}`, rule: { key: rule, name: rule, help: null }, title: `${rule} by v${tool}`, location: `${file}:${line}`, cve: [], ...more,
});

async function named(environment: number, location: string, title?: string) {
  return prisma.finding.findFirstOrThrow({ where: { environmentId: environment, location, ...(title ? { title } : {}) }, orderBy: { number: "desc" } });
}

async function proposals(environment: number) {
  const found = await prisma.carry.findMany({ where: { environmentId: environment }, include: { from: true, to: true }, orderBy: { id: "asc" } });
  return found.map(({ from, to, why, outcome }) => ({ from: from.location, to: to.location, why, outcome }));
}

test("after an upgrade only what somebody decided is proposed, once, by the surest likeness, and nothing is carried by itself", async () => {
  const environment = await makeEnvironment();
  const lines = [10, 20, 30].map((line) => told(1, "sqli", "src/a.ts", line));
  const lone = told(1, "xss", "src/b.ts", 7);
  await imported({ environment, takenAt: at(1), sees: [...lines, lone, told(1, "weak", "src/c.ts", 1), told(1, "same", "src/d.ts", 1)] });
  const ann = await makeMember(environment, "analyst", "Ann");
  await transition(ann, { environment, items: [{ number: (await named(environment, "src/a.ts:20")).number }], to: "false_positive", note: "Parameterised." });
  await tag(ann, { environment, items: [{ number: (await named(environment, "src/b.ts:7")).number }], add: ["team-x"], remove: [] });
  await transition(ann, { environment, items: [{ number: (await named(environment, "src/d.ts:1")).number }], to: "resolved", reason: "patched" });

  const upgraded = [11, 21, 31].map((line) => told(2, "sqli", "src/a.ts", line));
  const scan = await imported({ environment, takenAt: later(), sees: [told(2, "same", "src/d.ts", 1), told(2, "xss", "src/b.ts", 7), ...upgraded.reverse(), told(2, "weak", "src/c.ts", 1)] });
  expect(scan).toMatchObject({ new: 6, unseen: 6, persisting: 0 });
  expect(await proposals(environment)).toEqual(expect.arrayContaining([
    { from: "src/a.ts:20", to: "src/a.ts:21", why: "The same rule at the same place, but for the line.", outcome: null },
    { from: "src/b.ts:7", to: "src/b.ts:7", why: "The same rule at the same place.", outcome: null },
  ]));
  expect(await prisma.carry.count({ where: { environmentId: environment } })).toBe(2);
  expect(await prisma.finding.count({ where: { environmentId: environment, scannerStatus: "new", version: 0 } })).toBe(6);
});

test("an upgrade is recognised in a table too, where nothing is ever gone: the decision is proposed once, and only where the report names the asset", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst", "Ann");
  const table = { environment, provesItsEnd: false };
  await imported({ ...table, takenAt: at(1), sees: [told(1, "sqli", "src/a.ts", 10), told(1, "xss", "src/b.ts", 7), told(1, "weak", "src/c.ts", 1), told(1, "plain", "src/d.ts", 1)] });
  await imported({ ...table, takenAt: at(1), asset: "web-2", sees: [told(1, "sqli", "src/a.ts", 10)] });
  const there = { environmentId: environment, asset: { name: "web-1" } };
  const numberOf = async (location: string, asset = "web-1") => (await prisma.finding.findFirstOrThrow({ where: { ...there, asset: { name: asset }, location } })).number;
  const decided = [{ number: await numberOf("src/a.ts:10") }, { number: await numberOf("src/b.ts:7") }, { number: await numberOf("src/c.ts:1") }, { number: await numberOf("src/a.ts:10", "web-2") }];
  await transition(ann, { environment, items: decided, to: "false_positive", note: "Parameterised." });

  const upgraded = { ...table, takenAt: later(), sees: [told(2, "sqli", "src/a.ts", 11), told(2, "xss", "src/b.ts", 7), told(1, "weak", "src/c.ts", 1), told(2, "plain", "src/d.ts", 1)] };
  const partly = await imported({ ...upgraded, options: { scope: "partial", dry_run: true } });
  expect(await prisma.scanRow.count({ where: { scanId: partly.scan, kind: "carry" } }), "who sends a part says nothing of the rest").toBe(0);
  const scan = await imported(upgraded);
  expect(scan).toMatchObject({ new: 3, unseen: 0, persisting: 1 });
  expect((await proposals(environment)).sort((a, b) => a.from.localeCompare(b.from))).toEqual([
    { from: "src/a.ts:10", to: "src/a.ts:11", why: "The same rule at the same place, but for the line.", outcome: null },
    { from: "src/b.ts:7", to: "src/b.ts:7", why: "The same rule at the same place.", outcome: null },
  ]);
  expect(await prisma.finding.count({ where: { ...there, scannerStatus: { not: "closed" } } }), "nothing closes").toBe(7);

  const first = await prisma.carry.findFirstOrThrow({ where: { environmentId: environment, from: { location: "src/a.ts:10" } } });
  expect(await carryDecision(ann, { environment, items: [{ carry: first.id }] })).toMatchObject({ ok: true });
  await imported({ ...table, takenAt: new Date(later().getTime() + HOUR), sees: [...upgraded.sees, told(2, "sqli", "src/a.ts", 31)] });
  expect((await proposals(environment)).filter(({ from }) => from === "src/a.ts:10"), "carried over once is enough").toHaveLength(1);
});

test("a preview and a held scan name the proposals that would follow, and make none", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst", "Ann");
  const lines = Array.from({ length: 30 }, (_, line) => line + 1);
  await imported({ environment, takenAt: at(1), sees: lines.map((line) => told(1, "sqli", `src/${line}.ts`, line)) });
  await transition(ann, { environment, items: [{ number: (await named(environment, "src/7.ts:7")).number }], to: "false_positive", note: "Parameterised." });
  await tag(ann, { environment, items: [{ number: (await named(environment, "src/9.ts:9")).number }], add: ["team-x"], remove: [] });
  const upgraded = { environment, takenAt: later(), sees: lines.map((line) => told(2, "sqli", `src/${line}.ts`, line + 1)) };
  const rowsOf = async (scan: number) => {
    const found = await scanRows(ann, { environment, scan, attempt: 1, kind: "carry" });
    return found.ok ? found.value.rows.map(({ location, why }) => [location, why]) : [];
  };
  const told7 = expect.stringMatching(/^False positive since \S+, by Ann\. A new finding at src\/7\.ts:8 looks like it: the same rule at the same place, but for the line\.$/);
  const told9 = expect.stringMatching(/^Assigned, tagged or calibrated\. A new finding at src\/9\.ts:10 looks like it/);
  for (const [options, status] of [[{ dry_run: true }, "previewed"], [{}, "held"]] as const) {
    const { scan, status: stands } = await imported({ ...upgraded, options });
    expect([stands, (await rowsOf(scan)).sort()]).toEqual([status, [["src/7.ts:7", told7], ["src/9.ts:9", told9]]]);
    expect(await prisma.carry.count({ where: { environmentId: environment } })).toBe(0);
  }
  const plain = await imported({ environment, takenAt: later(), sees: lines.slice(0, 29).map((line) => told(1, "sqli", `src/${line}.ts`, line)), options: { dry_run: true } });
  expect(await rowsOf(plain.scan), "nothing looks like what is merely gone").toEqual([]);
});

test("where fewer come than go, who is who must not matter; where more come, nobody guesses", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment);
  const gone = [told(1, "a", "x.ts", 1), told(1, "a", "x.ts", 2), told(1, "b", "y.ts", 1), told(1, "b", "y.ts", 2), told(1, "c", "z.ts", 1)];
  await imported({ environment, takenAt: at(1), sees: gone });
  for (const place of ["x.ts:1", "x.ts:2", "y.ts:1", "z.ts:1"]) {
    await transition(ann, { environment, items: [{ number: (await named(environment, place)).number }], to: "false_positive", note: "No." });
  }
  await imported({ environment, takenAt: later(), sees: [told(2, "a", "x.ts", 9), told(2, "b", "y.ts", 9), told(2, "c", "z.ts", 8), told(2, "c", "z.ts", 9)] });
  expect((await proposals(environment)).map(({ to }) => to)).toEqual(["x.ts:9"]);
});

test("a file that may have come from two is proposed, with a decision before one without; a package is known by CVE whatever its rule", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment);
  const context = "ab".repeat(32);
  const lib = { cve: ["CVE-2026-1"], package: "openssl" };
  await imported({ environment, takenAt: at(1), sees: [told(1, "s", "a.ts", 1, { context }), told(1, "s", "b.ts", 1, { context }), told(1, "old-id", "openssl 3.0.6 (lock)", 0, { ...lib, component: "openssl 3.0.6", location: "openssl 3.0.6 (lock)" })] });
  for (const place of ["b.ts:1", "openssl 3.0.6 (lock)"]) await transition(ann, { environment, items: [{ number: (await named(environment, place)).number }], to: "in_progress" });
  await imported({ environment, takenAt: later(), sees: [told(2, "s", "c.ts", 1, { context }), told(2, "new-id", "", 0, { ...lib, component: "openssl 3.0.7", location: "openssl 3.0.7 (lock)" })] });
  expect(await proposals(environment)).toEqual(expect.arrayContaining([
    { from: "b.ts:1", to: "c.ts:1", why: "The same rule on the same text, in another file.", outcome: null },
    { from: "openssl 3.0.6 (lock)", to: "openssl 3.0.7 (lock)", why: "The same CVE in the same package.", outcome: null },
  ]));
});

/** An accepted, assigned, tagged, calibrated finding that an upgrade of the tool tells anew; the proposal. */
async function upgraded(policy?: Record<string, unknown>) {
  const environment = await makeEnvironment(policy ? { policy } : {});
  const [ann, bob] = [await makeMember(environment, "analyst", "Ann"), await makeMember(environment, "analyst", "Bob")];
  await imported({ environment, takenAt: at(1), sees: [told(1, "sqli", "a.ts", 1)] });
  const items = [{ number: 1 }];
  await calibrate(ann, { environment, items, calibrated: "low", reason: "Internal." });
  await assign(ann, { environment, items, assignee: bob.personId });
  await tag(ann, { environment, items, add: ["legacy"], remove: [] });
  const expiresAt = new Date(Date.now() + 30 * DAY).toISOString();
  const accepted = await transition(ann, { environment, items, to: "accepted_risk", expiresAt, note: "Replaced in spring." });
  if (!accepted.ok) throw new Error(accepted.refusal.message);
  const scan = await imported({ environment, takenAt: later(), sees: [told(2, "sqli", "a.ts", 2)] });
  const carry = await prisma.carry.findFirstOrThrow({ where: { environmentId: environment } });
  return { environment, ann, bob, expiresAt, scan: scan.scan, carry: carry.id };
}

test("carried over: the whole decision as one's own act that names its source; undone in one step; the old finding untouched", async () => {
  const { environment, bob, expiresAt, carry } = await upgraded();
  const before = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number: 1 } });
  const done = await carryDecision(bob, { environment, items: [{ carry, version: 0 }] });
  expect(done).toMatchObject({ ok: true, value: { changed: [2], skipped: [] } });

  const two = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number: 2 }, include: { acceptance: true } });
  expect(two).toMatchObject({ governanceStatus: "accepted_risk", acceptedUntil: new Date(expiresAt), teamSeverity: "low", assigneeId: bob.personId, tags: ["legacy"] });
  expect(two.acceptance).toMatchObject({ actorName: "Bob", justification: "Carried over from F-1: Replaced in spring.", findingId: two.id });
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { findingId: two.id, action: "finding.carried" }, include: { body: true } });
  expect(event).toMatchObject({ actorName: "Bob", version: 1, body: { after: { carried_from: 1, carry }, reason: "The same rule at the same place, but for the line." } });
  expect(await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number: 1 } })).toEqual(before);
  expect(await prisma.carry.findUnique({ where: { id: carry } })).toMatchObject({ outcome: "carried", settledBy: "Bob" });

  expect(await revert(bob, { environment, actionId: done.ok ? done.value.actionId : "", items: [{ number: 2 }] })).toMatchObject({ ok: true, value: { changed: [2] } });
  const undone = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number: 2 } });
  expect(undone).toMatchObject({ governanceStatus: "open", teamSeverity: null, assigneeId: null, tags: [], acceptanceId: null });
  expect((await trailOf(two.id)).filter((line) => line.includes("finding.reverted"))).toHaveLength(1);
});

test("an expiry beyond what policy allows now, a finding that somebody decided, and an old one that changed are left alone, and say why", async () => {
  const one = await upgraded();
  await changePolicy(one.environment, { acceptance: { max_days: 7 } });
  const beyond = await carryDecision(one.ann, { environment: one.environment, items: [{ carry: one.carry }] });
  expect(beyond).toMatchObject({ ok: false, refusal: { code: "invalid", message: expect.stringContaining("7 days") } });
  expect(await prisma.finding.findFirst({ where: { environmentId: one.environment, number: 2 } })).toMatchObject({ version: 0, teamSeverity: null });

  const two = await upgraded();
  await transition(two.bob, { environment: two.environment, items: [{ number: 2 }], to: "in_progress" });
  const decided = await carryDecision(two.ann, { environment: two.environment, items: [{ carry: two.carry }] });
  expect(decided).toMatchObject({ ok: true, value: { changed: [], skipped: [{ number: 2, code: "conflict", why: expect.stringMatching(/decided meanwhile: In progress.*Bob/) }] } });

  const three = await upgraded();
  await tag(three.bob, { environment: three.environment, items: [{ number: 1 }], add: ["more"], remove: [] });
  const moved = await carryDecision(three.ann, { environment: three.environment, items: [{ carry: three.carry, fromVersion: 4 }], strict: true });
  expect(moved).toMatchObject({ ok: false, refusal: { code: "stale" } });
});

test("where acceptances are approved, carrying one asks for approval and leaves the proposal open", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment);
  await imported({ environment, takenAt: at(1), sees: [told(1, "sqli", "a.ts", 1)] });
  await transition(ann, { environment, items: [{ number: 1 }], to: "accepted_risk", expiresAt: new Date(Date.now() + 30 * DAY).toISOString(), note: "Known." });
  await imported({ environment, takenAt: later(), sees: [told(2, "sqli", "a.ts", 1)] });
  await changePolicy(environment, { acceptance: { approval_required: true } });
  const carry = await prisma.carry.findFirstOrThrow({ where: { environmentId: environment } });
  expect(await carryDecision(ann, { environment, items: [{ carry: carry.id }] })).toMatchObject({ ok: true, value: { changed: [], requested: [2] } });
  expect(await prisma.carry.findUnique({ where: { id: carry.id } })).toMatchObject({ outcome: null });
});

test("all of a scan go in one bulk action, those that cannot stay behind; one undo takes all back; two at once carry once", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst", "Ann");
  const files = Array.from({ length: 24 }, (_, n) => `f${n}.ts`);
  await imported({ environment, takenAt: at(1), sees: files.map((file) => told(1, "sqli", file, 1)) });
  await transition(ann, { environment, items: files.map((_, n) => ({ number: n + 1 })), to: "false_positive", note: "Test code." });
  const { scan } = await imported({ environment, takenAt: later(), sees: files.map((file) => told(2, "sqli", file, 3)) });
  await transition(ann, { environment, items: [{ number: 25 }], to: "in_progress" });

  const both = await Promise.all([carryAll(ann, { environment, scan }), carryAll(ann, { environment, scan })]);
  const done = both.filter((one) => one.ok && one.value.changed > 0);
  expect(done).toHaveLength(1);
  expect(done[0]).toMatchObject({ value: { total: 24, changed: 23, left: false, skipped: [{ number: 25 }] } });
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "false_positive", number: { gt: 24 } } })).toBe(23);
  const bulk = done[0]?.ok ? done[0].value.id : 0;
  expect(await undoBulk(ann, { environment, bulk })).toMatchObject({ ok: true, value: { changed: 23 } });
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "false_positive", number: { gt: 24 } } })).toBe(0);
});

test("dismissed once, by whom; not carried after that; another environment's proposal is not there; a viewer may neither", async () => {
  const { environment, ann, carry } = await upgraded();
  const elsewhere = await makeEnvironment();
  const stranger = await makeMember(elsewhere);
  expect(await dismissCarry(stranger, { environment: elsewhere, carry })).toMatchObject({ ok: false, refusal: { code: "missing" } });
  expect(await dismissCarry(await makeMember(environment, "viewer"), { environment, carry })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  expect(await dismissCarry(ann, { environment, carry })).toMatchObject({ ok: true });
  expect(await carryDecision(ann, { environment, items: [{ carry }] })).toMatchObject({ ok: true, value: { changed: [], skipped: [{ number: 2, why: "Ann has dismissed this already." }] } });
  expect(await dismissCarry(ann, { environment, carry })).toMatchObject({ ok: false, refusal: { code: "conflict" } });
  expect((await trailOf((await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, number: 2 } })).id)).join()).toContain("carry.dismissed");
  const decided = await loadTimeline(ann, { environment, number: 2, cursor: null, kind: "decision" });
  expect(decided.ok && decided.value.entries.map(({ action, kind }) => `${action} ${kind}`)).toEqual(["carry.dismissed decision"]);
});
