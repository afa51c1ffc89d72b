import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { dice } from "@/lib/bench/dice";
import type { Figure } from "@/lib/bench/measured";
import type { Spec } from "@/lib/bench/spec";
import { reportOf, runOn, WORLD, type Setting } from "@/lib/bench/world";

const SCRATCH = "bench_run";

/** Everything that an import leaves, but for the hours at which clocks were set and the numbers that a sequence skips. */
const STATE = `SELECT encode(sha256(convert_to(string_agg(line, chr(10) ORDER BY line), 'UTF8')), 'hex') FROM (
  SELECT format('f %s %s %s %s %s %s %s %s %s', number, encode(fingerprint, 'hex'), scanner_status, governance_status, version, title, location, added_on, last_seen_on) AS line FROM finding
  UNION ALL SELECT format('c %s %s', f.number, c.kind) FROM scan_change c JOIN finding f ON f.id = c.finding_id WHERE c.scan_id = (SELECT max(id) FROM scan)
  UNION ALL SELECT format('s %s %s %s', a.name, d.name, s.last_scanned) FROM scope s JOIN asset a ON a.id = s.asset_id JOIN detector d ON d.id = s.detector_id
  UNION ALL SELECT format('e %s %s %s %s', finding_id IS NULL, action, version, to_status) FROM audit_event
  UNION ALL SELECT format('q %s %s %s %s', response, detected, assigned, sum(n)) FROM queue_count GROUP BY response, detected, assigned HAVING sum(n) <> 0
  UNION ALL SELECT format('y %s %s %s %s %s %s', scanner_status, governance_status, calibrated, category, assigned, sum(n)) FROM queue_tally
    GROUP BY scanner_status, governance_status, calibrated, category, assigned HAVING sum(n) <> 0
  UNION ALL SELECT format('h %s %s %s', chip, day, sum(n)) FROM queue_chip GROUP BY chip, day HAVING sum(n) <> 0
  UNION ALL SELECT format('t %s', count(*)) FROM scan_stage) t`;

const stateOf = (client: pg.Client) => value(client, STATE);

/** When the bench may kill: from the moment that the scan is taken until what an uninterrupted one takes, and a little more. */
async function killed(url: string, asked: Spec, wait: number): Promise<boolean> {
  const child = startChild(url, asked);
  const ended = child.done.then(() => true);
  let isOver = false;
  void ended.then(() => (isOver = true));
  await on(url, async (client) => {
    while (!isOver && (await value(client, "SELECT count(*) FROM scan WHERE status <> 'queued' AND id = (SELECT max(id) FROM scan) AND taken_at IS NULL")) === "0") await sleep(5);
    await Promise.race([sleep(wait), ended]);
  });
  child.kill();
  await ended;
  return on(url, async (client) => {
    const isUnfinished = (await value(client, "SELECT status <> 'completed' FROM scan WHERE id = (SELECT max(id) FROM scan)")) === "true";
    await client.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE status IN ('parsing', 'applying')"); // as if its time had run out
    return isUnfinished;
  });
}

/** A report of each, shuffled: one rescans what is known, the other brings a detector of its own. */
const FORMATS = ["nessus", "sarif"] as const;

type Uninterrupted = { asked: Spec; milliseconds: number; expected: string };

async function uninterrupted(setting: Setting, asked: Spec): Promise<Uninterrupted> {
  const url = await setting.databases.copy(WORLD, SCRATCH);
  const { milliseconds } = await runOn(url, asked);
  return { asked, milliseconds, expected: await on(url, stateOf) };
}

/** A kill -9 in an import, at random points; whoever takes over ends where the uninterrupted run did. */
export async function benchCrash(setting: Setting, size: number, kills: number, seed: number): Promise<Figure[]> {
  const random = dice(seed);
  const wholes: Uninterrupted[] = [];
  for (const format of FORMATS) wholes.push(await uninterrupted(setting, { ...reportOf(setting, size, 1, 30), format, mode: "import" }));
  let unfinished = 0;
  let differing = 0;
  for (let kill = 0; kill < kills; kill++) {
    const whole = wholes[Math.floor(random() * wholes.length)];
    if (!whole) throw new Error("There is no report to kill.");
    const { asked, milliseconds, expected } = whole;
    const url = await setting.databases.copy(WORLD, SCRATCH);
    const wait = random() * milliseconds * 1.05;
    if (await killed(url, asked, wait)) {
      unfinished++;
      await runOn(url, { ...asked, mode: "resume" });
    }
    const isEqual = (await on(url, stateOf)) === expected;
    if (!isEqual) console.log(`kill ${kill} after ${wait.toFixed(0)} ms left another state of ${asked.format} (seed ${seed})`);
    if (!isEqual) differing++;
  }
  await setting.databases.drop(SCRATCH);
  const bench = `crash, ${kills} kills, seed ${seed}`;
  return [
    { bench, what: "ended in another state than the uninterrupted import", value: differing, unit: "rows", atMost: 0 },
    { bench, what: "kills that hit finished work", value: (100 * (kills - unfinished)) / kills, unit: "%", atMost: 50 },
  ];
}
