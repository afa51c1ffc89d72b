import { randomUUID } from "node:crypto";
import { makeWorkerUtils, type WorkerUtils } from "graphile-worker";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { requestScan } from "@/lib/commands/scans/request";
import { beginApplying, giveBackScan, startScan, type ClaimedScan } from "@/lib/commands/scans/start";
import { prisma, sql } from "@/lib/db/client";
import { withRawClient } from "@/lib/db/raw";
import { operatorActor } from "@/lib/gate/actor";
import { getScan } from "@/lib/queries/rest-scans";
import { abandoned } from "@/lib/queries/scan-report";
import { done } from "@/lib/testing/done";
import { makeEnvironment } from "@/lib/testing/make";
import { runImport } from "./jobs/run-import";
import { sweep } from "./presence";
import { relayOnce } from "./relay";

// No worker runs here: each step that one would take is taken by hand.

const operator = operatorActor(randomUUID());
let queue: WorkerUtils;
beforeAll(async () => {
  queue = await makeWorkerUtils({ connectionString: process.env.DATABASE_URL });
  await queue.migrate();
});
afterAll(async () => queue.release());

const report = JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "linter" } }, results: [{ ruleId: "a", message: { text: "About a" } }] }] });

async function send(environment: number): Promise<number> {
  async function* file() {
    yield Buffer.from(report);
  }
  return done(await requestScan(operator, { environment, options: { asset: "shop" } }, { bytes: file(), declaredBytes: null, maxBytes: 1e6 })).scan;
}

async function taken(scan: number): Promise<ClaimedScan> {
  const claimed = await startScan(scan);
  if (!claimed) throw new Error("It was not there to take.");
  return claimed;
}

const standing = async (environment: number, id: number) => done(await getScan(operator, { environment, id }));
/** As if the runner had vanished a while ago. */
const outOfLease = (scan: number) => prisma.$executeRaw(sql`UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = ${scan}`);
const isWaited = async () => (await prisma.$queryRaw<{ n: bigint }[]>(sql`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))[0]?.n !== 0n;
/** Jobs that will come to run this scan soon. */
const comings = async (scan: number) => (await prisma.$queryRaw<{ n: bigint }[]>(sql`
  SELECT count(*) AS n FROM graphile_worker._private_jobs WHERE payload->>'scan' = ${String(scan)} AND is_available AND run_at <= now() + interval '20 minutes'`))[0]?.n;

test("an import that has been writing for minutes is in somebody's hands: it is neither brought back nor waited for, and what it has left undone is taken once it lets go", async () => {
  const scan = await send(await makeEnvironment());
  await beginApplying(await taken(scan));
  await outOfLease(scan);
  const during = await withRawClient(async (writer) => {
    await writer.query("BEGIN");
    await writer.query("UPDATE scan SET step = NULL WHERE id = $1", [scan]); // as what writes holds it until it commits
    const told = await abandoned();
    let isAnswered = false;
    const claim = startScan(scan).finally(() => { isAnswered = true; });
    while (!isAnswered && !(await isWaited()));
    const answered = isAnswered;
    await writer.query("ROLLBACK");
    return { told, answered, claim };
  });
  expect(during.answered, "no runner hangs on it, with its place in the queue and a connection").toBe(true);
  expect(await during.claim).toBeNull();
  expect(during.told).not.toContain(scan);
  expect(await abandoned()).toContain(scan);
  expect(await startScan(scan)).toMatchObject({ attempt: 2 });
});

test("however often its worker is told to stop, a scan is queued again and ends; one whose job was given up is brought back too", async () => {
  const environment = await makeEnvironment();
  const scan = await send(environment);
  await relayOnce();
  expect(await comings(scan)).toBe(1n);
  await sweep(queue);
  expect(await comings(scan), "it waits its turn: nobody brings it back").toBe(1n);

  for (let stop = 0; stop < 11; stop++) {
    expect(await runImport(scan, AbortSignal.abort()), "the job ends well, and with it its row").toBe(false);
    await prisma.$executeRaw(sql`DELETE FROM graphile_worker._private_jobs`);
    await sweep(queue);
    expect(await comings(scan), `after ${stop + 1} stops`).toBe(1n);
  }
  await prisma.$executeRaw(sql`UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = 'gone'`);
  await sweep(queue);
  expect(await comings(scan), "the queue gave its job up").toBe(1n);
  expect(await prisma.$queryRaw(sql`SELECT key, last_error FROM graphile_worker._private_jobs WHERE payload->>'scan' = ${String(scan)}`), "one job, whoever asks for it").toEqual([{ key: `run-import:${scan}`, last_error: null }]);

  expect(await standing(environment, scan)).toMatchObject({ status: "queued", trouble: null, error: null });
  await runImport(scan);
  expect(await standing(environment, scan)).toMatchObject({ status: "completed", new: 1 });
  await prisma.$executeRaw(sql`DELETE FROM graphile_worker._private_jobs`);
  await sweep(queue);
  expect(await comings(scan)).toBe(0n);
});

test("a full disk refuses no report: it waits, says for what, and goes on once there is room; a bug of ours waits as well", async () => {
  const environment = await makeEnvironment();
  const scan = await send(environment);
  const told = (statement: string) => withRawClient((client) => client.query(statement));
  const fails = (code: string, says: string) => told(`CREATE OR REPLACE FUNCTION test_trouble() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '${says}' USING ERRCODE = '${code}'; END $$`);
  await fails("53100", "could not write");
  await told("CREATE TRIGGER test_trouble BEFORE INSERT ON scan_change EXECUTE FUNCTION test_trouble()");
  for (let n = 0; n < 7; n++) await expect(runImport(scan), "the queue hears of it").rejects.toThrow("could not write");
  expect(await standing(environment, scan)).toMatchObject({
    status: "queued", error: null,
    trouble: "It waits to be tried again: the disk of the database is full. Whoever runs Docket makes room there; the import then goes on by itself, within twenty minutes.",
  });

  await fails("22003", "out of range");
  await expect(runImport(scan)).rejects.toThrow();
  expect((await standing(environment, scan)).trouble).toMatch(/^It waits to be tried again: it broke off for a reason of our own\. Tell whoever runs Docket: the server's log has it;/);

  await told("DROP TRIGGER test_trouble ON scan_change");
  await runImport(scan);
  expect(await standing(environment, scan)).toMatchObject({ status: "completed", trouble: null, new: 1 });
});

test("what waits with trouble is not read again at once, however often the queue gave its job up, and not never", async () => {
  const scan = await send(await makeEnvironment());
  await relayOnce();
  for (let round = 0; round < 3; round++) {
    await giveBackScan(await taken(scan), "It waits to be tried again.");
    await prisma.$executeRaw(sql`UPDATE graphile_worker._private_jobs SET attempts = max_attempts, run_at = now() WHERE payload->>'scan' = ${String(scan)}`);
    await sweep(queue);
    await sweep(queue); // what was put off is nothing forgotten
    expect(await prisma.$queryRaw(sql`
      SELECT attempts, max_attempts, run_at > now() + interval '15 minutes' AS later FROM graphile_worker._private_jobs WHERE payload->>'scan' = ${String(scan)}`), "one reading, after a pause").toEqual([{ attempts: 0, max_attempts: 1, later: true }]);
  }
  await giveBackScan(await taken(scan), null);
  await prisma.$executeRaw(sql`DELETE FROM graphile_worker._private_jobs WHERE payload->>'scan' = ${String(scan)}`);
  await sweep(queue);
  expect(await prisma.$queryRaw(sql`SELECT run_at <= now() AS now FROM graphile_worker._private_jobs WHERE payload->>'scan' = ${String(scan)}`), "without trouble it comes at once").toEqual([{ now: true }]);
});

test("told to stop while it writes, and the write breaks off: the scan waits again at once, no worker counts as dead, and the log has the reason", async () => {
  const environment = await makeEnvironment();
  const scan = await send(environment);
  const stop = new AbortController();
  const log = vi.spyOn(console, "error").mockReturnValue();
  const running = await withRawClient(async (other) => {
    await other.query("BEGIN");
    await other.query(`CREATE FUNCTION test_broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'out of range' USING ERRCODE = '22003'; END $$`);
    await other.query("CREATE TRIGGER test_broken BEFORE INSERT ON scan_change EXECUTE FUNCTION test_broken()"); // only what writes comes there, and waits
    const running = runImport(scan, stop.signal);
    while (!(await isWaited()));
    stop.abort();
    await other.query("COMMIT");
    return { ended: running };
  });
  expect(await running.ended).toBe(false);
  await prisma.$executeRaw(sql`DROP TRIGGER test_broken ON scan_change`);
  expect(String(log.mock.calls)).toContain("out of range");
  log.mockRestore();
  expect(await standing(environment, scan)).toMatchObject({ status: "queued", trouble: null });
  expect(await taken(scan)).toMatchObject({ attempt: 2, tries: 0 });
});

test("a file under which five workers died is refused; trouble and stops in between count for nothing", async () => {
  const environment = await makeEnvironment();
  const scan = await send(environment);
  for (let death = 0; death < 5; death++) {
    await giveBackScan(await taken(scan), death % 2 === 0 ? null : "It waits.");
    await taken(scan);
    await outOfLease(scan);
    const after = await taken(scan);
    expect(after.tries, "each counts once").toBe(death + 1);
    await giveBackScan(after, null);
  }
  await runImport(scan);
  expect(await standing(environment, scan)).toMatchObject({ status: "failed", error: { message: expect.stringContaining("5 times"), next: "Tell whoever runs Docket; the file stays with this scan." } });
});
