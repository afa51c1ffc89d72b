import { once } from "node:events";
import { makeWorkerUtils, run, type Runner } from "graphile-worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { retryJob } from "@/lib/commands/jobs/retry";
import { prisma } from "@/lib/db/client";
import { needed } from "@/lib/env";
import { workerHealth } from "@/lib/queries/worker-health";
import { makeEnvironment, makeMember } from "@/lib/testing/make";
import { noted } from "@/lib/worker/job-runs";

let environment: number;
let manager: Awaited<ReturnType<typeof makeMember>>;

async function healthOf(actor = manager, where = environment, laws = false) {
  const found = await workerHealth(actor, { environment: where, laws });
  if (!found.ok) throw new Error(found.refusal.message);
  return found.value;
}

beforeAll(async () => {
  environment = await makeEnvironment();
  manager = await makeMember(environment, "manager");
});

let runner: Runner | undefined;
afterAll(async () => runner?.stop());

test("before the first worker there is no queue, and the page says what to start", async () => {
  const page = await healthOf();
  expect(page.jobs).toEqual([]);
  expect(page.warnings.map(({ text }) => text)).toEqual(["No worker is up: nothing is imported, sent or mailed"]);
});

test("a job given up is told where it belongs, tried again by a manager alone, once, and its success is kept by name", async () => {
  const elsewhere = await makeEnvironment();
  const stranger = await makeMember(elsewhere, "admin");
  const analyst = await makeMember(environment, "analyst");
  const connectionString = needed("DATABASE_URL");
  const utils = await makeWorkerUtils({ connectionString });
  await utils.migrate();
  let isMended = false;
  const telling = async () => {
    if (!isMended) throw new Error("The mailbox of Robin is full.");
  };
  runner = await run({ connectionString, noHandleSignals: true, pollInterval: 50, taskList: noted({ "tell-people": telling }), preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } } });
  const told = once(runner.events, "job:complete");
  await prisma.worker.create({ data: { id: "w", host: "here", process: 1 } });
  await utils.addJob("tell-people", { environment, actions: [] }, { maxAttempts: 1 });
  await utils.addJob("send-mail", {}, { runAt: new Date(Date.now() + 3_600_000) });
  await utils.release();
  await told;

  const page = await healthOf();
  const [job] = page.failed;
  expect(page.warnings.map(({ text }) => text)).toEqual(["1 job given up after every attempt"]);
  expect(job).toMatchObject({ label: "Messages", isDead: true, attempts: 1, error: "The mailbox of Robin is full." });
  expect(page.jobs).toEqual([expect.objectContaining({ name: "send-mail", runs: 0, waiting: 1, oldest: null }), expect.objectContaining({ name: "tell-people", runs: 1, lastSuccess: null, error: null, waiting: 0 })]);
  const theirs = await healthOf(stranger, elsewhere);
  expect([theirs.failed, theirs.warnings]).toEqual([[], []]);

  const asked = { environment, job: job?.id };
  expect(await retryJob(analyst, asked)).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  expect(await retryJob(stranger, { environment: elsewhere, job: job?.id })).toMatchObject({ ok: false, refusal: { code: "missing" } });
  isMended = true;
  const done = once(runner.events, "job:complete");
  expect(await retryJob(manager, asked)).toMatchObject({ ok: true });
  expect(await prisma.auditEvent.findMany({ where: { environmentId: environment, action: "job.retried" }, select: { recordNumber: true, actorId: true } })).toEqual([{ recordNumber: job?.id, actorId: manager.id }]);
  await done;
  expect(await retryJob(manager, asked)).toMatchObject({ ok: false, refusal: { code: "missing" } });

  const after = await healthOf();
  expect(after.failed).toEqual([]);
  expect(after.jobs.find(({ name }) => name === "tell-people")).toMatchObject({ runs: 2, lastSuccess: expect.any(String), lastFailure: expect.any(String) });
}, 30_000);

test("an analyst does not read it; tickets that wait long are a backlog, and a tracker that failed too often is unavailable", async () => {
  expect(await workerHealth(await makeMember(environment, "analyst"), { environment })).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  const later = new Date(Date.now() + 60_000);
  await prisma.connector.create({ data: { environmentId: environment, kind: "github", name: "GitHub", hookId: "h", failures: 5, openUntil: later, lastError: "It is down.", lastErrorAt: new Date() } });
  await prisma.connector.create({ data: { environmentId: environment, kind: "github", name: "Limited", hookId: "i", resumeAt: later } });
  const page = await healthOf();
  expect(page.trackers.map(({ name, state, error }) => [name, state, error])).toEqual([["GitHub", "paused", "It is down."], ["Limited", "patient", null]]);
  expect(page.warnings.map(({ text }) => text)).toEqual(["Ticketing API unavailable: GitHub"]);
  expect(page.invariants).toBeNull();
});

test("every law of the records is looked at when asked for", async () => {
  const { invariants } = await healthOf(manager, environment, true);
  expect(invariants?.length).toBeGreaterThan(15);
  expect(invariants?.every(({ broken }) => broken === 0)).toBe(true);
});
