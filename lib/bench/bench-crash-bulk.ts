import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { dice } from "@/lib/bench/dice";
import type { Figure } from "@/lib/bench/measured";
import { WORLD, type Setting } from "@/lib/bench/world";
import { brokenInvariants } from "@/lib/testing/database";
import { cutLine } from "@/lib/testing/cut-line";

const SCRATCH = "bench_run";
/** How long something may take to come back before it counts as lost. */
const LATEST_MS = 60_000;
const started = z.object({ status: z.literal(202), bulk: z.object({ bulk: z.object({ id: z.number() }) }) });

type Tally = { unfinished: number; doubled: number; late: number; slowest: number; slowestDatabase: number };

class Crash {
  readonly tally: Tally = { unfinished: 0, doubled: 0, late: 0, slowest: 0, slowestDatabase: 0 };
  private sent = 0;
  private worker: ReturnType<typeof startChild>;
  private isOver = false;

  constructor(private readonly url: string, private readonly token: string) {
    this.worker = this.startWorker();
  }

  /** A worker that is started again whenever it ends, as `npm start` does: its queue gives up when the database dies. */
  private startWorker(): ReturnType<typeof startChild> {
    const worker = startChild(this.url, {}, "../worker/main.ts");
    void worker.done.then(() => sleep(1_000)).then(() => {
      if (!this.isOver) this.worker = this.startWorker();
    });
    return worker;
  }

  /** A bulk action on everything, sent by a process of its own. `cut`: that process is killed between COMMIT and its answer, and the call sent again under its key. */
  async send(cut: boolean): Promise<void> {
    const tag = `k${this.sent++}`;
    const total = Number(await on(this.url, (client) => value(client, "SELECT count(*) FROM finding")));
    const asked = { environment: 1, token: this.token, key: tag, body: { selection: { filter: { tab: "all" } }, action: { tags: { add: [tag], remove: [`k${this.sent - 2}`] } }, confirm: total } };
    if (cut) {
      const line = await cutLine(this.url);
      const child = startChild(line.url, asked, "one-sender.ts");
      line.cutAfter(1, () => child.kill());
      await child.done;
      line.close();
      this.tally.unfinished++;
    }
    const before = await on(this.url, (client) => value(client, "SELECT count(*) FROM bulk"));
    const { last } = await startChild(this.url, asked, "one-sender.ts").done;
    started.parse(JSON.parse(last));
    const after = await on(this.url, (client) => value(client, "SELECT count(*) FROM bulk"));
    if (cut && after !== before) this.tally.doubled++;
  }

  /** How far all of them are together, and whether any is under way; null while the database is away. */
  async standing(): Promise<{ done: number; running: boolean } | null> {
    return on(this.url, async (client) => ({
      done: Number(await value(client, "SELECT coalesce(sum(done), 0) FROM bulk")),
      running: (await value(client, "SELECT EXISTS (SELECT FROM bulk WHERE status IN ('queued', 'running'))")) === "true",
    })).catch(() => null);
  }

  async kill(kind: "worker" | "postgres", wait: number): Promise<void> {
    if (!(await this.standing())?.running) await this.send(false);
    await sleep(wait);
    const before = await this.standing();
    if (before?.running) this.tally.unfinished++;
    const began = performance.now();
    if (kind === "worker") {
      this.worker.kill();
      await this.worker.done;
    } else {
      const folder = await on(this.url, (client) => value(client, "SHOW data_directory"));
      const [pid] = fs.readFileSync(`${folder}/postmaster.pid`, "utf8").split("\n");
      process.kill(Number(pid), "SIGKILL");
      while ((await this.standing()) === null) await sleep(100);
      this.tally.slowestDatabase = Math.max(this.tally.slowestDatabase, performance.now() - began);
    }
    await this.until(({ done, running }) => !running || done > (before?.done ?? 0), began);
  }

  /** Waits until it has come so far, and remembers the longest time that it took. */
  async until(isSo: (at: { done: number; running: boolean }) => boolean, began: number): Promise<void> {
    for (;;) {
      const at = await this.standing();
      const took = performance.now() - began;
      if (at && isSo(at)) {
        this.tally.slowest = Math.max(this.tally.slowest, took);
        return;
      }
      if (took > LATEST_MS) {
        this.tally.late++;
        return;
      }
      await sleep(100);
    }
  }

  async end(): Promise<void> {
    while ((await this.standing())?.running !== false) await sleep(500);
    this.isOver = true;
    this.worker.kill();
    await this.worker.done;
  }
}

/** A kill -9 of worker, web and PostgreSQL amid bulk actions, at random; nothing is lost, half or doubled, and it goes on by itself. */
export async function benchCrashBulk(setting: Setting, kills: number, seed: number): Promise<Figure[]> {
  const random = dice(seed);
  const url = await setting.databases.copy(WORLD, SCRATCH);
  const made = await startChild(url, { environment: 1, token: null, key: "none", body: {} }, "one-sender.ts").done;
  const { token } = z.object({ token: z.string() }).parse(JSON.parse(made.last));
  const crash = new Crash(url, token);
  for (let kill = 0; kill < kills; kill++) {
    const [roll, wait] = [random(), random() * 1_500];
    if (roll < 0.25) await crash.send(true);
    else await crash.kill(roll < 0.45 ? "postgres" : "worker", wait);
  }
  await crash.end();
  const broken = await brokenInvariants(url);
  for (const line of broken) console.log(line);
  const sums = await on(url, (client) => value(client, `SELECT (SELECT coalesce(sum(version), 0) FROM finding) - (SELECT count(*) FROM audit_event WHERE version IS NOT NULL)`));
  await setting.databases.drop(SCRATCH);
  const bench = `bulk crash, ${kills} kills, seed ${seed}`;
  const { unfinished, doubled, late, slowest, slowestDatabase } = crash.tally;
  return [
    { bench, what: "versions without their log row, or the other way round", value: Math.abs(Number(sums)), unit: "rows", atMost: 0 },
    { bench, what: "rows in the invariants: lost, half, doubled", value: broken.length, unit: "rows", atMost: 0 },
    { bench, what: "calls that acted twice when sent again", value: doubled, unit: "rows", atMost: 0 },
    { bench, what: "that did not go on within a minute", value: late, unit: "rows", atMost: 0 },
    { bench, what: "the longest until it went on", value: slowest / 1_000, unit: "s", atMost: 60 },
    { bench, what: "the longest until the database wrote again", value: slowestDatabase / 1_000, unit: "s", atMost: 15 },
    { bench, what: "kills that hit finished work", value: (100 * (kills - unfinished)) / kills, unit: "%", atMost: 50 },
  ];
}
