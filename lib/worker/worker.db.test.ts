import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { requestScan } from "@/lib/commands/scans/request";
import { prisma } from "@/lib/db/client";
import { operatorActor } from "@/lib/gate/actor";
import { settledScan } from "@/lib/queries/scan-settled";
import { makeEnvironment } from "@/lib/testing/make";

const workers: ChildProcess[] = [];

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], { env: process.env, stdio: ["ignore", "inherit", "inherit"] });
  workers.push(worker);
  return worker;
}

afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});

async function send(environment: number, bytes: Uint8Array, options: Record<string, unknown> = {}) {
  async function* file() {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  }
  const asked = await requestScan(operatorActor(randomUUID()), { environment, options }, { bytes: file(), declaredBytes: bytes.length, maxBytes: 1e8 });
  if (!asked.ok) throw new Error(asked.refusal.message);
  return asked.value.scan;
}

async function settled(environment: number, id: number, patience = 40_000) {
  const scan = await settledScan(operatorActor(randomUUID()), { environment, id }, patience);
  if (!scan.ok) throw new Error(scan.refusal.message);
  return scan.value;
}

const report = readFileSync("lib/plugins/importers/samples/three-hosts.nessus");

test("a worker takes what the outbox says, says that it is up, outlives a bad file and goes when it is asked to", async () => {
  const environment = await makeEnvironment();
  const worker = startWorker();
  const plain = await settled(environment, await send(environment, report));
  expect(plain).toMatchObject({ status: "completed", format: "nessus", error: null });
  expect(plain.new).toBeGreaterThan(0);
  expect(await prisma.worker.count()).toBe(1);

  const again = await settled(environment, await send(environment, gzipSync(report)));
  expect(again).toMatchObject({ status: "completed", new: 0, persisting: plain.new, unseen: 0 });

  const cut = await settled(environment, await send(environment, gzipSync(report).subarray(0, 500)));
  expect(cut).toMatchObject({ status: "failed", new: 0, error: { message: "The gzip file ends too early: it was cut short." } });
  const half = await settled(environment, await send(environment, report.subarray(0, report.length / 2)));
  expect(half.status).toBe("failed");
  expect(half.error?.at).toMatch(/line \d+/);
  expect(await prisma.finding.count({ where: { environmentId: environment, scannerStatus: "closed" } })).toBe(0);
  expect(await prisma.scanStage.count()).toBe(0);

  worker.kill("SIGTERM");
  expect(await once(worker, "exit")).toEqual([0, null]);
  expect(await prisma.worker.count()).toBe(0);
}, 90_000);
