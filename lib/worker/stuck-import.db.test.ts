import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { requestScan } from "@/lib/commands/scans/request";
import { prisma } from "@/lib/db/client";
import { withRawClient } from "@/lib/db/raw";
import { operatorActor } from "@/lib/gate/actor";
import { makeEnvironment } from "@/lib/testing/make";
import { makeWorkerUtils } from "graphile-worker";

const workers: ChildProcess[] = [];

afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});

const report = readFileSync("lib/plugins/importers/samples/three-hosts.nessus");

async function send(environment: number): Promise<number> {
  async function* file() {
    yield report;
  }
  const asked = await requestScan(operatorActor(randomUUID()), { environment, options: {} }, { bytes: file(), declaredBytes: report.length, maxBytes: 1e8 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  return asked.value.scan;
}

const statuses = async (scans: readonly number[]) => (await prisma.scan.findMany({ where: { id: { in: [...scans] } }, orderBy: { id: "asc" } })).map(({ status }) => status);
const runsOf = async (name: string) => (await prisma.$queryRaw<{ runs: bigint }[]>`SELECT runs FROM job_run WHERE name = ${name} AND last_success IS NOT NULL`).length;

test("however many imports are stuck, acceptances expire and letters leave", async () => {
  const environment = await makeEnvironment();
  const scans: number[] = [];
  for (let n = 0; n < 6; n++) scans.push(await send(environment));
  await withRawClient(async (client) => {
    for (const scan of scans) await client.query("SELECT pg_advisory_lock(hashtextextended('docket scan ' || $1::text, 1))", [scan]); // what each waits for before it lays down its first row
    workers.push(spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], { env: process.env, stdio: ["ignore", "inherit", "inherit"] }));
    while (!(await statuses(scans)).includes("parsing")) await sleep(20);
    const utils = await makeWorkerUtils({ connectionString: process.env.DATABASE_URL });
    await utils.addJob("expire-acceptances", {});
    await utils.addJob("send-mail", {});
    await utils.release();
    while ((await runsOf("expire-acceptances")) + (await runsOf("send-mail")) < 2) await sleep(20);
    const during = await statuses(scans);
    expect(during).not.toContain("completed");
    expect(during.filter((status) => status === "parsing")).toHaveLength(2); // the others wait their turn
    for (const scan of scans) await client.query("SELECT pg_advisory_unlock(hashtextextended('docket scan ' || $1::text, 1))", [scan]);
  });
  while ((await statuses(scans)).some((status) => status !== "completed")) await sleep(50);
}, 240_000);
