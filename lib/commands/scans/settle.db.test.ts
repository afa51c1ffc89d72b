import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { withRawClient } from "@/lib/db/raw";
import { rows } from "@/lib/db/rows";
import { reachStep } from "@/lib/db/sql/scan-claim";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { applyTest, claimedScan, imported, stageTest, type TestReport } from "@/lib/testing/scans";
import { applyPreview, cancelScan, releaseScan } from "./settle";
import { beginApplying, startScan } from "./start";

const HOUR = 3_600_000;
const base = Date.now() - 1000 * HOUR;
const at = (hour: number) => new Date(base + hour * HOUR);
const named = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`);

async function ground() {
  const environment = await makeEnvironment();
  await imported({ environment, takenAt: at(1), sees: named(40) });
  return { environment, mia: await makeMember(environment, "manager", "Mia"), ann: await makeMember(environment, "analyst", "Ann") };
}

/** Runs a scan that waits; null: nobody may. */
async function run(scan: number, report: TestReport) {
  const claimed = await startScan(scan);
  if (!claimed) return null;
  const done = await applyTest(claimed, report, await stageTest(claimed, report));
  if (!done.ok) throw new Error(done.refusal.message);
  return done.value;
}

const won = (answers: readonly { ok: boolean }[]) => answers.filter(({ ok }) => ok).length;
const released = (scan: number) => prisma.auditEvent.count({ where: { scanId: scan, action: "scan.released" } });
const closed = (environment: number) => prisma.finding.count({ where: { environmentId: environment, scannerStatus: "closed" } });

test("two managers release the same scan at once: one does, one is told, and it is applied once", async () => {
  const { environment, mia } = await ground();
  const report = { environment, takenAt: at(2), sees: ["w0"] };
  const { scan } = await imported(report);
  const max = await makeMember(environment, "manager", "Max");
  const answers = await Promise.all([mia, max, mia].map((who) => releaseScan(who, { environment, scan, note: "The module is gone." })));
  expect(won(answers)).toBe(1);
  expect(await released(scan)).toBe(1);
  const runs = await Promise.all([run(scan, report), run(scan, report)]);
  expect(runs.filter((one) => one?.status === "completed")).toHaveLength(1);
  expect(await closed(environment)).toBe(39);
});

test("applied and discarded at once: exactly one of the two happens", async () => {
  const { environment, ann } = await ground();
  const report = { environment, takenAt: at(2), sees: named(30), options: { dry_run: true } };
  for (let round = 0; round < 4; round++) {
    const { scan } = await imported(report);
    const [applied, cancelled] = await Promise.all([applyPreview(ann, { environment, scan }), cancelScan(ann, { environment, scan })]);
    // Applied first, it may still be discarded while it waits: then it is discarded.
    expect(applied.ok || cancelled.ok).toBe(true);
    const { status } = await prisma.scan.findUniqueOrThrow({ where: { id: scan } });
    expect(status).toBe(cancelled.ok ? "cancelled" : "queued");
    if (cancelled.ok) expect(await run(scan, report)).toBeNull();
    else await cancelScan(ann, { environment, scan });
  }
  expect(await closed(environment)).toBe(0);
});

/** Waits until a statement like this waits for a lock. */
async function untilItWaits(like: string): Promise<void> {
  for (let isWaiting = false; !isWaiting; await sleep(5)) {
    const [found] = await rows(prisma, z.object({ yes: z.boolean() }), sql`
      SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE ${like}) AS yes`);
    isWaiting = found?.yes === true;
  }
}

test("what is worked out can be cancelled: its run finds out at its next step, and nothing of it stays, not even the asset it had made", async () => {
  const { environment, ann } = await ground();
  const report: TestReport = { environment, takenAt: at(2), sees: named(3), asset: "web-9", detector: "probe-9" };
  const running = await claimedScan(report);
  const staged = await stageTest(running, report);
  await withRawClient(async (client) => {
    await client.query("BEGIN");
    await client.query("INSERT INTO detector (environment_id, name) VALUES ($1, 'probe-9')", [environment]); // its first step waits for the same name
    const run = applyTest(running, report, staged);
    await untilItWaits("%");
    expect(await cancelScan(ann, { environment, scan: running.scan })).toMatchObject({ ok: true, value: { status: "cancelled" } });
    await client.query("ROLLBACK");
    expect(await run).toMatchObject({ ok: false, refusal: { code: "conflict" } });
  });
  expect(await prisma.asset.count({ where: { environmentId: environment, name: "web-9" } })).toBe(0);
  expect(await prisma.scan.findUniqueOrThrow({ where: { id: running.scan } })).toMatchObject({ status: "cancelled", step: null });
  expect(await prisma.finding.count({ where: { environmentId: environment } })).toBe(40);
});

test("what is written down can be discarded no more, nor released by somebody who looked before it was shown anew", async () => {
  const { environment, mia, ann } = await ground();
  const running = await claimedScan({ environment, takenAt: at(2), sees: [] });
  await beginApplying(running);
  expect(await reachStep(running, "writing")).toBe(true);
  expect(await cancelScan(ann, { environment, scan: running.scan })).toMatchObject({ ok: false, refusal: { code: "illegal", message: expect.stringContaining("written down") } });

  const { scan } = await imported({ environment, takenAt: at(2), sees: ["w0"] });
  await withRawClient(async (client) => {
    await client.query("BEGIN");
    await client.query("UPDATE scan SET attempt = attempt + 1 WHERE id = $1", [scan]); // another run of it, held again
    const late = releaseScan(mia, { environment, scan, note: "I saw the first one." });
    await untilItWaits("%UPDATE scan SET status%");
    await client.query("COMMIT");
    expect(await late).toMatchObject({ ok: false, refusal: { code: "illegal", message: expect.stringContaining("Somebody else was quicker") } });
  });
  expect(await prisma.scan.findUniqueOrThrow({ where: { id: scan } })).toMatchObject({ status: "held", brakeOff: false });
  expect(await released(scan)).toBe(0);
});

test("a scan is released with a note or not at all, and says where it stands in the word that the screen has", async () => {
  const { environment, mia, ann } = await ground();
  const { scan, status } = await imported({ environment, takenAt: at(2), sees: ["w0"] });
  expect(status).toBe("held");
  expect(await releaseScan(mia, { environment, scan })).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "note" }] } });
  expect(await applyPreview(ann, { environment, scan })).toMatchObject({ ok: false, refusal: { message: `Scan ${scan} stands at “Held”: only from “Previewed” can it be applied.` } });
  expect(await released(scan)).toBe(0);
});

test("two previews of one scope applied and run at once: one does what it showed, the other shows anew and writes nothing", async () => {
  const { environment, ann } = await ground();
  const reports = [named(30), [...named(20), "fresh"]].map((sees): TestReport => ({ environment, takenAt: at(2), sees, options: { dry_run: true } }));
  const scans = await Promise.all(reports.map(async (report) => ({ report, scan: (await imported(report)).scan })));
  for (const { scan } of scans) expect(await applyPreview(ann, { environment, scan })).toMatchObject({ ok: true });
  const ends = await Promise.all(scans.map(({ scan, report }) => run(scan, report)));
  expect(ends.map((one) => one?.status).sort()).toEqual(["completed", "previewed"]);
  const winner = ends.find((one) => one?.status === "completed");
  expect(await closed(environment)).toBe(winner?.unseen);
});
