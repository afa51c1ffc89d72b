import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { withRawClient } from "@/lib/db/raw";

const workers: ReturnType<typeof startWorker>[] = [];

function startWorker() {
  return spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], { env: process.env, stdio: ["ignore", "inherit", "pipe"] });
}

afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill("SIGKILL");
});

/** The connections that wait for the table in which the queue numbers its tasks. */
async function waiting(): Promise<number[]> {
  const found = await prisma.$queryRaw<{ pid: number }[]>`SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%_private_tasks%' AND pid <> pg_backend_pid()`;
  return found.map(({ pid }) => pid);
}

test("a worker whose database goes away in the moment it first asks for jobs does not stand there idle: it ends, and says that another is started", async () => {
  const first = startWorker();
  workers.push(first);
  await expect.poll(() => prisma.worker.count(), { timeout: 30_000 }).toBe(1); // the queue's tables are there
  first.kill("SIGTERM");
  await once(first, "exit");

  await withRawClient(async (client) => {
    await client.query("BEGIN");
    await client.query("LOCK TABLE graphile_worker._private_tasks IN ACCESS EXCLUSIVE MODE");
    const worker = startWorker();
    workers.push(worker);
    const said: string[] = [];
    worker.stderr.on("data", (data) => said.push(String(data)));
    await expect.poll(async () => (await waiting()).length, { timeout: 30_000 }).toBe(2); // a pool each
    await prisma.$queryRaw`SELECT pg_terminate_backend(pid) FROM unnest(${await waiting()}::int[]) AS waiting(pid)`;
    await client.query("ROLLBACK");
    expect(await once(worker, "exit")).toEqual([1, null]);
    expect(said.join("")).toContain("the queue takes no jobs any more");
  });
}, 90_000);
