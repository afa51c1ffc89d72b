import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { cutLine } from "@/lib/testing/cut-line";

/** How long something may take to come back before it counts as lost, and all that is left at the end. */
const LATEST_MS = 60_000;
const END_MS = 900_000;
const started = z.object({ status: z.literal(202), bulk: z.object({ bulk: z.object({ id: z.number() }) }) });

/** worker: in its run. web: between COMMIT and the answer to the call that starts one. postgres: the whole server. */
export type Victim = "worker" | "web" | "postgres";

/** Two thirds hit worker and web, a quarter of those between COMMIT and answer, and a third hits PostgreSQL: exactly so many, in an order by chance. */
export function victimsOf(kills: number, random: () => number): Victim[] {
  const databases = Math.round(kills / 3);
  const cuts = Math.round((kills - databases) / 4);
  const all = Array.from({ length: kills }, (_, at): Victim => (at < databases ? "postgres" : at < databases + cuts ? "web" : "worker"));
  return all.map((victim) => ({ victim, place: random() })).toSorted((one, other) => one.place - other.place).map(({ victim }) => victim);
}

/** From resolved to false positive and back no step leads straight: from the second on each takes two. */
const ACTIONS = [{ response: "closed", reason: "patched" }, { response: "closed", reason: "false_positive" }] as const;

export class BulkCrash {
  readonly unfinished: Record<Victim, number> = { worker: 0, web: 0, postgres: 0 };
  readonly tally = { doubled: 0, uncut: 0, late: 0, slowest: 0, slowestWrite: 0 };
  private sent = 0;
  private worker: ReturnType<typeof startChild>;
  private readonly beat: ReturnType<typeof startChild>;
  private isOver = false;

  constructor(private readonly url: string, private readonly token: string) {
    this.worker = this.startWorker();
    this.beat = startChild(url, {}, "one-beat.ts");
  }

  /** A worker that is started again whenever it ends, as `npm start` does: its queue gives up when the database dies. */
  private startWorker(): ReturnType<typeof startChild> {
    const worker = startChild(this.url, {}, "../worker/main.ts");
    void worker.done.then(() => sleep(1_000)).then(() => {
      if (!this.isOver) this.worker = this.startWorker();
    });
    return worker;
  }

  private async number(statement: string): Promise<number> {
    return on(this.url, async (client) => Number(await value(client, statement)));
  }

  /** A bulk action on everything, sent by a process of its own. `cut`: that process is killed between COMMIT and its answer, and the call sent again under its key. */
  async send(cut: boolean): Promise<void> {
    const total = await this.number("SELECT count(*) FROM finding");
    const action = ACTIONS[this.sent % ACTIONS.length];
    const asked = { environment: 1, token: this.token, key: `k${this.sent++}`, body: { selection: { filter: { tab: "all" } }, action, note: "A turn of the bench.", confirm: total } };
    const before = await this.number("SELECT count(*) FROM bulk");
    if (cut && (await this.isCut(asked, before))) this.unfinished.web++;
    const left = await this.number("SELECT count(*) FROM bulk");
    const { last } = await startChild(this.url, asked, "one-sender.ts").done;
    started.parse(JSON.parse(last));
    const after = await this.number("SELECT count(*) FROM bulk");
    if (after - before !== 1 || (left > before && after !== left)) this.tally.doubled++;
  }

  /** Kills the sender when a COMMIT was carried out that began the bulk action, and before its answer. Did it come about? */
  private async isCut(asked: unknown, before: number): Promise<boolean> {
    const line = await cutLine(this.url);
    const child = startChild(line.url, asked, "one-sender.ts");
    line.cutAfter(1, () => child.kill());
    const { last } = await child.done;
    line.close();
    const isCut = line.cuts() === 1 && last === "" && (await this.number("SELECT count(*) FROM bulk")) === before + 1;
    if (!isCut) this.tally.uncut++;
    return isCut;
  }

  /** How far all of them are together, and whether any is under way; null while the database is away. */
  private async standing(): Promise<{ done: number; running: boolean } | null> {
    return on(this.url, async (client) => ({
      done: Number(await value(client, "SELECT coalesce(sum(done), 0) FROM bulk")),
      running: (await value(client, "SELECT EXISTS (SELECT FROM bulk WHERE status IN ('queued', 'running'))")) === "true",
    })).catch(() => null);
  }

  /** One kill, `wait` milliseconds after there is something to hit, until what was hit goes on. */
  async kill(victim: Victim, wait: number): Promise<void> {
    if (victim === "web") {
      await this.idle(); // what is frozen while another one runs would be left alone
      return this.send(true);
    }
    if (!(await this.standing())?.running) await this.send(false);
    await sleep(wait);
    const before = await this.standing();
    if (before?.running) this.unfinished[victim]++;
    const began = performance.now();
    if (victim === "worker") {
      this.worker.kill();
      await this.worker.done;
    } else await this.killDatabase();
    await this.until(({ done, running }) => !running || done > (before?.done ?? 0), began);
  }

  /** Until a process that has had its pool all the while has written to the server that came after. */
  private async killDatabase(): Promise<void> {
    const folder = await on(this.url, (client) => value(client, "SHOW data_directory"));
    const [pid] = fs.readFileSync(`${folder}/postmaster.pid`, "utf8").split("\n");
    const [began, killed] = [performance.now(), new Date()];
    process.kill(Number(pid), "SIGKILL");
    const isWritten = () => on(this.url, async (client) => (await value(client, "SELECT server > $1 FROM bench_beat", [killed])) === "true").catch(() => false);
    while (!(await isWritten()) && performance.now() - began < LATEST_MS) await sleep(50);
    this.tally.slowestWrite = Math.max(this.tally.slowestWrite, performance.now() - began);
  }

  /** Waits until it has come so far, and remembers the longest time that it took. */
  private async until(isSo: (at: { done: number; running: boolean }) => boolean, began: number): Promise<void> {
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

  /**
   * Waits until nothing is under way.
   * @throws when it is not after a quarter of an hour: what was hit did not go on
   */
  async idle(): Promise<void> {
    for (const began = performance.now(); (await this.standing())?.running !== false; await sleep(250)) {
      if (performance.now() - began > END_MS) throw new Error("A bulk action did not go on for a quarter of an hour.");
    }
  }

  /** Ends the worker and the writer. */
  async stop(): Promise<void> {
    this.isOver = true;
    this.worker.kill();
    this.beat.kill();
    await Promise.all([this.worker.done, this.beat.done]);
  }
}
