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

async function settled(environment: number, id: number, patience = 120_000) {
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
}, 240_000);

/** A Nessus report of one host with so many results. */
function large(results: number): Buffer {
  const items = Array.from({ length: results }, (_, n) =>
    `<ReportItem port="${1 + (n % 60_000)}" svc_name="www" protocol="tcp" severity="2" pluginID="${1000 + n}" pluginName="Check ${n}" pluginFamily="General">`
    + `<description>About check ${n}</description><plugin_output>${"seen ".repeat(20)}${n}</plugin_output></ReportItem>`);
  const host = '<HostProperties><tag name="HOST_END">Mon Mar  2 12:00:00 2026</tag></HostProperties>';
  return Buffer.from(`<?xml version="1.0"?><NessusClientData_v2><Report name="r"><ReportHost name="host-1">${host}${items.join("\n")}</ReportHost></Report></NessusClientData_v2>`);
}

test("a worker that is killed in the middle of an import is followed by another, which ends where it would have", async () => {
  const environment = await makeEnvironment();
  const first = startWorker();
  const scan = await send(environment, large(20_000));
  while ((await prisma.scan.findUniqueOrThrow({ where: { id: scan } })).status === "queued") await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 300)); // into its work: reading, staging or applying
  first.kill("SIGKILL");
  await once(first, "exit");
  const left = await prisma.scan.findUniqueOrThrow({ where: { id: scan } });
  expect(["parsing", "applying"]).toContain(left.status);
  expect(await prisma.finding.count({ where: { environmentId: environment } })).toBe(0);

  startWorker();
  expect(await settled(environment, scan, 240_000)).toMatchObject({ status: "completed", observed: 20_000, new: 20_000, rejected: 0 });
  expect(await prisma.finding.count({ where: { environmentId: environment } })).toBe(20_000);
}, 360_000);
