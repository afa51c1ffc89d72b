import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { requestScan } from "@/lib/commands/scans/request";
import { applyPreview } from "@/lib/commands/scans/settle";
import { transition } from "@/lib/commands/findings/transition";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { withRawClient } from "@/lib/db/raw";
import { operatorActor } from "@/lib/gate/actor";
import { importState } from "@/lib/testing/import-state";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { runImport } from "./jobs/run-import";

// kill -9 of a real worker at places that are held open from outside, one after the other on the same scan.

const operator = operatorActor("test");
const workers: ChildProcess[] = [];

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], { env: process.env, stdio: ["ignore", "inherit", "inherit"] });
  workers.push(worker);
  return worker;
}

afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});

/** A Nessus report of a day on one host, by the numbers of its checks. */
function report(day: number, checks: readonly number[]): Buffer {
  const items = checks.map((n) =>
    `<ReportItem port="443" svc_name="www" protocol="tcp" severity="2" pluginID="${n}" pluginName="Check ${n}" pluginFamily="General"><description>About ${n}</description></ReportItem>`);
  const host = `<HostProperties><tag name="HOST_END">Mon Mar  ${day} 12:00:00 2026</tag></HostProperties>`;
  return Buffer.from(`<?xml version="1.0"?><NessusClientData_v2><Report name="r"><ReportHost name="host-1">${host}${items.join("\n")}</ReportHost></Report></NessusClientData_v2>`);
}

async function send(environment: number, bytes: Buffer, options: Record<string, unknown> = {}): Promise<number> {
  async function* file() {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  }
  const asked = await requestScan(operator, { environment, options }, { bytes: file(), declaredBytes: bytes.length, maxBytes: 1e8 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  return asked.value.scan;
}

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
const flag = z.object({ yes: z.boolean() });

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await isSo()); await sleep(3)) if (Date.now() > end) throw new Error(`It never came so far: ${what}.`);
}

const statusOf = (id: number) => prisma.scan.findUniqueOrThrow({ where: { id } }).then(({ status }) => status);
/** Somebody of this database waits with a statement like this. */
const waits = (statement: string) => rows(prisma, flag, sql`
  SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE ${`%${statement}%`}) AS yes`).then(([found]) => found?.yes === true);
const copies = () => rows(prisma, flag, sql`SELECT EXISTS (SELECT FROM pg_stat_progress_copy WHERE tuples_processed > 500) AS yes`).then(([found]) => found?.yes === true);

async function kill(worker: ChildProcess): Promise<void> {
  worker.kill("SIGKILL");
  await once(worker, "exit");
}

/** As if the lease of whoever died had run out. */
async function outOfLease(scan: number): Promise<void> {
  await prisma.$executeRaw(sql`UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = ${scan} AND status IN ('parsing', 'applying')`);
}

/** A worker comes as far as this statement, which a lock of ours holds up, and dies there. */
async function killedAt(scan: number, lock: string, statement: string, start: () => Promise<ChildProcess>): Promise<void> {
  await withRawClient(async (client) => {
    await client.query("BEGIN");
    await client.query(lock);
    const worker = await start();
    await until(statement, () => waits(statement));
    await kill(worker);
    await client.query("ROLLBACK");
  });
  expect(await statusOf(scan)).toBe("applying");
  await outOfLease(scan);
}

/** A world with a first scan and decisions on it, and a second report: some vanish, some are new, one regresses. */
async function world() {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "analyst", "Ann");
  await runImport(await send(environment, report(2, numbers(1, 2_000))));
  await transition(ann, { environment, items: [{ number: 1 }, { number: 2 }], to: "false_positive", note: "Test code." });
  await transition(ann, { environment, items: [{ number: 3 }], to: "resolved", reason: "patched", note: "Updated." });
  return { environment, scan: await send(environment, report(3, numbers(21, 2_000)), { dry_run: true }) };
}

const KEEPS_A_PREVIEW = ["LOCK TABLE scan_row IN SHARE MODE", "INSERT INTO scan_row"] as const;

test("a worker that dies while it reads, while it keeps a preview, amid its writes and before the last of them leaves nothing half; who follows ends where an undisturbed one does", async () => {
  const calm = await world();
  await runImport(calm.scan);
  const untouched = await importState(calm.environment);
  await applyPreview(operator, calm);
  await runImport(calm.scan);
  expect(await statusOf(calm.scan)).toBe("completed");

  const { environment, scan } = await world();
  const reader = startWorker();
  await until("results are staged", copies);
  await kill(reader);
  await outOfLease(scan);
  await killedAt(scan, ...KEEPS_A_PREVIEW, async () => startWorker());
  expect(await prisma.scanPreview.count({ where: { scanId: scan } }), "no half of a preview").toBe(0);
  const worker = startWorker();
  await until("it is shown", async () => (await statusOf(scan)) === "previewed");
  expect(await importState(environment)).toEqual(untouched);

  await killedAt(scan, `SELECT FROM environment WHERE id = ${environment} FOR NO KEY UPDATE`, "next_finding", async () => {
    await applyPreview(operator, { environment, scan });
    return worker;
  });
  await killedAt(scan, ...KEEPS_A_PREVIEW, async () => startWorker());
  expect(await importState(environment).then((lines) => lines.filter((line) => !line.startsWith("staged")))).toEqual(untouched.filter((line) => !line.startsWith("staged")));
  startWorker();
  await until("it is applied", async () => (await statusOf(scan)) === "completed");
  expect(await importState(environment)).toEqual(await importState(calm.environment));
  expect(await prisma.finding.count({ where: { environmentId: environment, scannerStatus: "closed" } })).toBe(20);
  expect(await prisma.auditEvent.count({ where: { scanId: scan, action: "scan.completed" } })).toBe(1);
}, 300_000);
