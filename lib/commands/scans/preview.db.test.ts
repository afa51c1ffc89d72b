import { expect, test } from "vitest";
import { transition } from "@/lib/commands/findings/transition";
import { expireAcceptances } from "@/lib/commands/acceptances/expire-acceptances";
import { prisma } from "@/lib/db/client";
import { moveClock } from "@/lib/testing/clock";
import { changePolicy, makeEnvironment, makeMember } from "@/lib/testing/make";
import { applyTest, claimedScan, imported, stageTest, type TestReport } from "@/lib/testing/scans";
import { operatorActor, systemActor, type Actor } from "@/lib/gate/actor";
import { scanPreview, scanRows } from "@/lib/queries/scan-preview";
import { applyPreview, cancelScan, releaseScan } from "./settle";
import { startScan } from "./start";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);
const later = () => new Date(Date.now() + HOUR);
const operator = operatorActor("test");
const named = (count: number, name = "w") => Array.from({ length: count }, (_, n) => `${name}${n}`);

/** Runs a scan that waits, as a worker would. */
async function run(scan: number, report: TestReport) {
  const claimed = await startScan(scan);
  if (!claimed) throw new Error("The scan was not there to take.");
  const done = await applyTest(claimed, report, await stageTest(claimed, report));
  if (!done.ok) throw new Error(done.refusal.message);
  return done.value;
}

/** A report shown first; its scan. */
async function shown(report: TestReport): Promise<number> {
  const done = await imported({ ...report, options: { dry_run: true, ...report.options } });
  expect(done.status).toBe("previewed");
  return done.scan;
}

async function preview(environment: number, scan: number, attempt?: number) {
  const found = await scanPreview(operator, { environment, scan, ...(attempt === undefined ? {} : { attempt }) });
  if (!found.ok) throw new Error(found.refusal.message);
  return found.value;
}

async function reasons(environment: number, scan: number, kind: string, attempt = 1) {
  const found = await scanRows(operator, { environment, scan, attempt, kind });
  if (!found.ok) throw new Error(found.refusal.message);
  return Object.fromEntries(found.value.rows.map((row) => [row.title.replace("Weakness ", ""), row.why]));
}

/** Ann decides on what is known by this name; gives its number. */
async function decideOn(environment: number, name: string, to: string, more: Record<string, unknown> = {}): Promise<number> {
  const { number } = await prisma.finding.findFirstOrThrow({ where: { environmentId: environment, title: `Weakness ${name}` } });
  const done = await transition(await makeMember(environment, "analyst", "Ann"), { environment, items: [{ number }], to, note: "Looked into.", strict: true, ...more });
  if (!done.ok) throw new Error(done.refusal.message);
  return number;
}

const states = (environment: number) => prisma.finding.groupBy({ by: ["scannerStatus"], where: { environmentId: environment }, _count: { _all: true }, orderBy: { scannerStatus: "asc" } })
  .then((found) => Object.fromEntries(found.map(({ scannerStatus, _count }) => [scannerStatus, _count._all])));

test("a preview tells every row's reason, leaves nothing but itself behind, and can be opened when the scan has long been applied", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["fp", "fixed", { is: "twin-1", rule: { key: "r", name: "R", help: null } }, { is: "twin-2", rule: { key: "r", name: "R", help: null } }, "gone", "stays"] });
  await decideOn(environment, "fp", "false_positive");
  await decideOn(environment, "fixed", "resolved", { reason: "patched" });
  await imported({ environment, takenAt: at(2), sees: ["fp", "fixed", "twin-1", "twin-2", "stays"].map((is) => (is.startsWith("twin") ? { is, rule: { key: "r", name: "R", help: null } } : is)) });
  const sees = ["fp", "fixed", { is: "twin-1", rule: { key: "r", name: "R", help: null } }, "gone", "fresh", "fresh", { is: "quiet", suppressed: true }];
  const scan = await shown({ environment, takenAt: later(), sees, asset: "web-1" });

  expect(await prisma.rule.count({ where: { environmentId: environment, key: "rule-fresh" } }), "no dictionary row").toBe(0);
  const first = await preview(environment, scan);
  expect(first).toMatchObject({ status: "previewed", attempt: 1, isNewest: true, isApplied: false, moved: null, brakes: [] });
  expect(first.counts).toEqual({ observed: 7, new: 1, persisting: 3, refound: 1, regressed: 1, unseen: 2, preserved: 1, suppressed: 1, duplicates_in_report: 1, rejected: 0, statements: 0 });
  expect(await reasons(environment, scan, "unseen")).toEqual({
    "twin-2": "Its check ran and found 1 other here; this one is gone.", stays: "Its check (rule-stays) found nothing at all this time.",
  });
  expect((await reasons(environment, scan, "preserved")).fp).toMatch(/^False positive since \d{4}-\d\d-\d\d, by Ann: stays\.$/);
  expect((await reasons(environment, scan, "regressed")).fixed).toMatch(/^Resolved as patched by Ann on \d{4}-\d\d-\d\d: seen again\.$/);
  expect((await reasons(environment, scan, "refound")).gone).toMatch(/^Was not detected since \d{4}-\d\d-\d\d and is seen again\.$/);
  expect(await reasons(environment, scan, "suppressed")).toEqual({ quiet: "The report itself suppresses it." });
  expect((await reasons(environment, scan, "duplicate")).fresh).toMatch(/^The same weakness as result [56] of this report\.$/);

  expect(await applyPreview(operator, { environment, scan, expects: first.digest })).toMatchObject({ ok: true, value: { status: "queued" } });
  expect(await run(scan, { environment, takenAt: later(), sees })).toMatchObject({ status: "completed", ...first.counts, digest: first.digest });
  expect(await preview(environment, scan, 1)).toMatchObject({ isNewest: false, isApplied: false, counts: first.counts });
  expect(await preview(environment, scan)).toMatchObject({ attempt: 2, isApplied: true, attempts: [{ attempt: 2 }, { attempt: 1 }] });
  const [fresh] = await prisma.scanRow.findMany({ where: { scanId: scan, attempt: 2, kind: "new" }, include: { finding: true } });
  expect(fresh?.finding?.title, "what was new has a number now").toBe("Weakness fresh");
});

test("held exactly above the boundary, on the findings that are there, and never by a partial or a failed scan", async () => {
  const environment = await makeEnvironment();
  const same = (sees: readonly string[]) => sees.map((is) => ({ is, rule: { key: "one-check", name: "One check", help: null } }));
  await imported({ environment, takenAt: at(1), sees: same(named(125)) });
  const atLimit = await shown({ environment, takenAt: at(2), sees: same(named(125).slice(25)) });
  expect((await preview(environment, atLimit)).brakes, "25 of 125 are exactly 20 %").toEqual([]);

  const report = { environment, takenAt: at(2), sees: same(named(125).slice(26)) };
  const held = await imported(report);
  expect(held).toMatchObject({ status: "held", unseen: 26 });
  expect(await states(environment)).toEqual({ new: 125 });
  expect((await preview(environment, held.scan)).brakes).toMatchObject([{ live: 125, vanishing: 26, percent: 20, why: expect.stringContaining("26 of 125 detected findings of probe on web-1 would vanish") }]);
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { scanId: held.scan, action: "scan.held" }, include: { body: true } });
  expect(event).toMatchObject({ actorType: "system" });
  expect(event.body?.reason).toContain("26 of 125");

  expect(await imported({ ...report, failed: true }), "a failed run").toMatchObject({ status: "completed", unseen: 0 });
  expect(await imported({ ...report, options: { scope: "partial" } }), "a partial one").toMatchObject({ status: "completed", unseen: 0 });
});

test("an analyst may not lift the brake, a manager does with a note that the log keeps, and then the scan does what was shown", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: named(40) });
  const report = { environment, takenAt: at(2), sees: ["w0"] };
  const { scan } = await imported(report);
  const [analyst, manager] = [await makeMember(environment, "analyst"), await makeMember(environment, "manager", "Mia")];
  expect(await applyPreview(analyst, { environment, scan })).toMatchObject({ ok: false, refusal: { code: "illegal", next: "The brake holds it: a manager releases it." } });
  expect(await releaseScan(analyst, { environment, scan, note: "It is fine." })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  expect(await releaseScan(manager, { environment, scan, note: "The module was retired." })).toMatchObject({ ok: true });
  const event = await prisma.auditEvent.findFirstOrThrow({ where: { scanId: scan, action: "scan.released" }, include: { body: true } });
  expect(event).toMatchObject({ actorName: "Mia" });
  expect(event.body).toMatchObject({ note: "The module was retired." });
  expect(await run(scan, report)).toMatchObject({ status: "completed", unseen: 39 });
  const told = await preview(environment, scan);
  expect(told.brakes, "why it was held stays to be read").toHaveLength(1);
  expect(told.letGo).toEqual({ by: "Mia", at: event.at.toISOString(), note: "The module was retired.", lifted: true });
});

test("a manager's own upload is held too; brake=off asks them for a note, and is not for analysts at all", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: named(40) });
  const [analyst, manager] = [await makeMember(environment, "analyst"), await makeMember(environment, "manager")];
  const send = (actor: Actor, options: Record<string, unknown> = {}) => imported({ environment, takenAt: at(2), sees: ["w0"], actor, options });
  expect(await send(manager)).toMatchObject({ status: "held" });
  await expect(send(manager, { brake: "off" })).rejects.toThrow("Say in a note why the brake is switched off.");
  await expect(send(analyst, { brake: "off", note: "Trust me." })).rejects.toThrow("Only a manager may switch the brake off.");
  expect(await send(manager, { brake: "off", note: "The scanner was replaced." })).toMatchObject({ status: "completed", unseen: 39 });
});

test("checks that find nothing at all any more hold a scan that takes little from each asset", async () => {
  const environment = await makeEnvironment();
  const assets = named(30, "host-");
  const of = (key: string) => assets.map((asset) => ({ is: `${key}-${asset}`, asset, rule: { key, name: key, help: null } }));
  const many = ["a", "b", "c", "d", "e", "f"].flatMap(of);
  await imported({ environment, takenAt: at(1), sees: many, assets });
  const held = await imported({ environment, takenAt: at(2), sees: many.filter(({ rule }) => rule.key !== "f"), assets });
  expect(held).toMatchObject({ status: "held", unseen: 30 });
  expect((await preview(environment, held.scan)).brakes).toMatchObject([{ asset: null, live: 180, vanishing: 30 }]);
});

test("another scan of the same scope, applied meanwhile: refused at once and shown anew, with what moved", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b"] });
  const report = { environment, takenAt: at(3), sees: ["a", "c"] };
  const scan = await shown(report);
  const between = await imported({ environment, takenAt: at(2), sees: ["a", "c"] });
  const refused = await applyPreview(operator, { environment, scan });
  expect(refused).toMatchObject({ ok: false, refusal: { code: "stale", changes: { scans: [{ scan: between.scan }] } } });
  expect(await run(scan, report)).toMatchObject({ status: "previewed", new: 0, unseen: 0 });
  expect((await preview(environment, scan)).moved).toMatchObject({
    since: 1, scans: [{ scan: between.scan }], decisions: { total: 0 },
    counts: [{ name: "new", from: 1, to: 0 }, { name: "persisting", from: 1, to: 2 }, { name: "unseen", from: 1, to: 0 }],
  });
  expect(await applyPreview(operator, { environment, scan })).toMatchObject({ ok: true });
  expect(await run(scan, report)).toMatchObject({ status: "completed" });
});

test("a decision taken meanwhile: the import finds out, writes nothing and names who decided what", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b"] });
  const report = { environment, takenAt: later(), sees: ["a"] };
  const scan = await shown(report);
  const decided = await decideOn(environment, "a", "false_positive");
  expect(await applyPreview(operator, { environment, scan })).toMatchObject({ ok: true });
  expect(await run(scan, report)).toMatchObject({ status: "previewed", unseen: 1, preserved: 1 });
  expect(await states(environment)).toEqual({ new: 2 });
  const moved = (await preview(environment, scan)).moved;
  expect(moved).toMatchObject({ scans: [], decisions: { total: 1, latest: [{ finding: decided, to: "false_positive", by: "Ann" }] }, counts: [{ name: "preserved", from: 0, to: 1 }] });
  expect(moved?.words).toBe("1 decision was taken, preserved 0 became 1");
});

test("an acceptance that expired meanwhile moves the world too", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a"] });
  await decideOn(environment, "a", "accepted_risk", { expiresAt: new Date(Date.now() + DAY).toISOString() });
  const report = { environment, takenAt: later(), sees: ["a"] };
  const scan = await shown(report);
  await moveClock(2 * DAY);
  await expireAcceptances(systemActor("test"), { environment });
  await applyPreview(operator, { environment, scan });
  expect(await run(scan, report)).toMatchObject({ status: "previewed", preserved: 0 });
  expect((await preview(environment, scan)).moved).toMatchObject({ decisions: { latest: [{ finding: 1, to: "open", by: "System" }] }, counts: [{ name: "preserved", from: 1, to: 0 }] });
  await moveClock(-2 * DAY);
});

test("the digest does not ask for the order of the file, and does for what stands in it", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b", "c"] });
  const sees = ["a", "x", "y", "x", { is: "z", asset: "other" }];
  const digest = async (order: TestReport["sees"]) => (await preview(environment, await shown({ environment, takenAt: at(2), sees: order }))).digest;
  const straight = await digest(sees);
  expect(await digest([...sees].reverse()), "new assets take other numbers each time").toBe(straight);
  expect(await digest(["a", "x", "y", "x", { is: "z", asset: "another" }])).not.toBe(straight);
  expect(await digest(["b", "x", "y", "x", { is: "z", asset: "other" }])).not.toBe(straight);
});

test("who saw an older preview applies nothing; a cancelled scan's preview stays to be read", async () => {
  const environment = await makeEnvironment();
  const scan = await shown({ environment, takenAt: at(1), sees: ["a"] });
  expect(await applyPreview(operator, { environment, scan, expects: "0".repeat(64) })).toMatchObject({ ok: false, refusal: { code: "stale" } });
  expect(await cancelScan(operator, { environment, scan })).toMatchObject({ ok: true });
  expect(await preview(environment, scan)).toMatchObject({ status: "cancelled", counts: { new: 1 }, may: { apply: false } });
  expect(await applyPreview(operator, { environment, scan })).toMatchObject({ ok: false, refusal: { code: "illegal" } });
});

test("where policy says preview, it stops for whoever does not say; apply=now goes on", async () => {
  const environment = await makeEnvironment({ policy: { import: { mode: "preview" } } });
  expect(await imported({ environment, takenAt: at(1), sees: ["a"] })).toMatchObject({ status: "previewed" });
  expect(await imported({ environment, takenAt: at(1), sees: ["a"], options: { apply: "now" } })).toMatchObject({ status: "completed" });
  await expect(claimedScan({ environment, takenAt: at(1), sees: [], options: { apply: "now", dry_run: true } })).rejects.toThrow("Either it stops");
  await changePolicy(environment, {});
});

test("each scope keeps what the scan made of it: detected afterwards, appeared, re-found, gone", async () => {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: ["a", "b"] });
  await imported({ environment, takenAt: at(2), sees: ["a"] });
  const { scan } = await imported({ environment, takenAt: at(3), sees: ["b", "c", "d"] });
  expect(await prisma.scanScope.findMany({ where: { scanId: scan } })).toMatchObject([{ live: 3, appeared: 2, refound: 1, vanished: 1 }]);
});
