import { z } from "zod";
import { BulkCrash, victimsOf, type Victim } from "@/lib/bench/bulk-crash";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { dice } from "@/lib/bench/dice";
import type { Figure } from "@/lib/bench/measured";
import { WORLD, type Setting } from "@/lib/bench/world";
import { brokenInvariants } from "@/lib/testing/database";

const SCRATCH = "bench_run";

/** What must be none when all is over, each as a statement. */
const WRONGS: Record<string, string> = {
  "versions without their log row, or the other way round": "SELECT abs((SELECT coalesce(sum(version), 0) FROM finding) - (SELECT count(*) FROM audit_event WHERE version IS NOT NULL))",
  "findings whose versions are not their entries one by one": `SELECT count(*) FROM (SELECT f.id FROM finding f LEFT JOIN audit_event e ON e.finding_id = f.id AND e.version IS NOT NULL GROUP BY f.id
    HAVING f.version <> count(e.version) OR f.version <> count(DISTINCT e.version)) wrong`,
  "steps that do not begin where the one before ended": `SELECT count(*) FROM (SELECT from_status, lag(to_status) OVER (PARTITION BY finding_id ORDER BY version) AS before FROM audit_event
    WHERE to_status IS NOT NULL AND finding_id IS NOT NULL) step WHERE before IS NOT NULL AND before IS DISTINCT FROM from_status`,
  "bulk actions that did not come to their end, or left findings out": "SELECT count(*) FROM bulk WHERE status <> 'completed' OR done <> total",
};

/** A kill -9 of worker, web and PostgreSQL amid bulk actions, at random; nothing is lost, half or doubled, and it goes on by itself. */
export async function benchCrashBulk(setting: Setting, kills: number, seed: number): Promise<Figure[]> {
  const random = dice(seed);
  const url = await setting.databases.copy(WORLD, SCRATCH);
  await on(url, (client) => client.query("CREATE TABLE bench_beat AS SELECT pg_postmaster_start_time() AS server"));
  const made = await startChild(url, { environment: 1, token: null, key: "none", body: {} }, "one-sender.ts").done;
  const { token } = z.object({ token: z.string() }).parse(JSON.parse(made.last));
  const crash = new BulkCrash(url, token);
  const victims = victimsOf(kills, random);
  try {
    for (const victim of victims) await crash.kill(victim, random() * 1_500);
    await crash.idle();
  } finally {
    await crash.stop();
  }
  const broken = await brokenInvariants(url);
  for (const line of broken) console.log(line);
  const size = await on(url, (client) => value(client, "SELECT count(*) FROM finding"));
  const bench = `bulk crash in ${size}, seed ${seed}`;
  const wrong: Figure[] = [];
  for (const [what, statement] of Object.entries(WRONGS)) wrong.push({ bench, what, value: Number(await on(url, (client) => value(client, statement))), unit: "rows", atMost: 0 });
  const hops = Number(await on(url, (client) => value(client, "SELECT count(*) FROM audit_event WHERE to_status IS NOT NULL AND bulk_id IS NOT NULL")));
  await setting.databases.drop(SCRATCH);
  return [...wrong, { bench, what: "rows in the invariants: lost, half, doubled", value: broken.length, unit: "rows", atMost: 0 }, { bench, what: "steps taken by bulk actions", value: hops, unit: "rows", atMost: null }, ...hitsOf(bench, crash, victims)];
}

function hitsOf(bench: string, { tally, unfinished }: BulkCrash, victims: readonly Victim[]): Figure[] {
  const many = (...of: readonly Victim[]) => victims.filter((victim) => of.includes(victim)).length;
  const [others, cuts, databases] = [many("worker", "web"), many("web"), many("postgres")];
  const finished = (all: number, hit: number) => (all === 0 ? Number.NaN : (100 * (all - hit)) / all);
  return [
    { bench, what: "calls that acted twice when sent again, or not at all", value: tally.doubled, unit: "rows", atMost: 0 },
    { bench, what: `of ${cuts} cuts between COMMIT and answer, those that did not come about`, value: tally.uncut, unit: "rows", atMost: 0 },
    { bench, what: "that did not go on within a minute", value: tally.late, unit: "rows", atMost: 0 },
    { bench, what: "the longest until it went on", value: tally.slowest / 1_000, unit: "s", atMost: 60 },
    { bench, what: "the longest until a pool that lived through it wrote again", value: tally.slowestWrite / 1_000, unit: "s", atMost: 15 },
    { bench, what: `of ${others} kills of worker and web, those that hit finished work`, value: finished(others, unfinished.worker + unfinished.web), unit: "%", atMost: 50 },
    { bench, what: `of ${databases} kills of PostgreSQL, those that hit finished work`, value: finished(databases, unfinished.postgres), unit: "%", atMost: 50 },
  ];
}
