import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { prisma, sql } from "@/lib/db/client";
import { makeEnvironment, makeFindings, makeMember, makeScope } from "@/lib/testing/make";

// kill -9 of a real worker amid a bulk action, several times on the same one.

const workers: ChildProcess[] = [];

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], { env: process.env, stdio: ["ignore", "inherit", "inherit"] });
  workers.push(worker);
  return worker;
}

afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 180_000; !(await isSo()); await sleep(5)) if (Date.now() > end) throw new Error(`It never came so far: ${what}.`);
}

test("a worker that dies amid a bulk action leaves whole chunks; who follows goes on after the last, nothing is lost, half or doubled", async () => {
  const environment = await makeEnvironment();
  const ann = await makeMember(environment, "manager", "Ann");
  const scope = await makeScope(environment);
  for (let part = 0; part < 4; part++) await makeFindings(scope, 3_000);
  const asked = await prepareBulk(ann, { environment, filter: { tab: "needs_review" }, action: { response: "investigating", assignee: ann.personId }, start: true, confirm: 12_000 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  const bulk = () => prisma.bulk.findUniqueOrThrow({ where: { id: asked.value.id } });

  for (const share of [0.02, 0.2, 0.5]) {
    const worker = startWorker();
    await until(`${share} of it`, async () => (await bulk()).done >= share * 12_000);
    worker.kill("SIGKILL");
    await once(worker, "exit");
    const { status, done, changed } = await bulk();
    expect(status).toBe("running");
    expect(changed).toBe(done);
    expect(await prisma.finding.count({ where: { environmentId: environment, version: 2 } }), "whole chunks alone").toBe(done);
    await prisma.$executeRaw(sql`UPDATE bulk SET lease_until = now() - interval '1 second' WHERE id = ${asked.value.id}`); // as if its time had run out
  }
  startWorker();
  await until("the end", async () => (await bulk()).status === "completed");
  expect(await bulk()).toMatchObject({ total: 12_000, done: 12_000, changed: 12_000 });
  expect(await prisma.finding.count({ where: { environmentId: environment, governanceStatus: "in_progress", assigneeId: ann.personId, version: 2 } })).toBe(12_000);
  expect(await prisma.auditEvent.count({ where: { bulkId: asked.value.id, version: { not: null } } })).toBe(24_000);
  expect(await prisma.auditEvent.count({ where: { bulkId: asked.value.id, action: "bulk.completed" } })).toBe(1);
}, 600_000);
