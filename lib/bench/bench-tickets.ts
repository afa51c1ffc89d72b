import { z } from "zod";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { dice } from "@/lib/bench/dice";
import type { Figure } from "@/lib/bench/measured";
import { loadBase, LOADED, type Setting } from "@/lib/bench/world";
import { StubTracker, type TrackerTrouble } from "@/lib/testing/tracker";

const SCRATCH = "bench_run";
const FINDINGS = 10_000;
const LAG = 30;
const ROUNDS = 500;
const VARIABLES = { DOCKET_TRACKERS_INSIDE: "1", DOCKET_SECRET_KEY: "c".repeat(64), AUTH_URL: "http://127.0.0.1:3000" };
const TROUBLE: readonly (readonly [number, TrackerTrouble])[] = [
  [0.2, "silence_after"], [0.22, "error_after"], [0.24, "reset_after"], [0.25, "twice"], [0.26, "error_before"], [0.27, "silence_before"], [0.272, "limited"],
];
const made = z.object({ connector: z.number() });

/** Sends until nothing waits; whoever sends is killed while the tracker has a request of its in hand. How often that was. */
async function sendAll(url: string, stub: StubTracker, connector: number, kills: number, random: () => number): Promise<number> {
  let child: ReturnType<typeof startChild> | null = null;
  let killed = 0;
  let nextKill = 50;
  stub.wish.trouble = ({ creates, count }) => {
    if (killed < kills && count >= nextKill) {
      killed++;
      nextKill = count + 20 + Math.floor(random() * (FINDINGS / kills));
      child?.kill();
    }
    const roll = random();
    return creates ? (TROUBLE.find(([below]) => roll < below)?.[1] ?? null) : roll < 0.02 ? "error_before" : null;
  };
  const waiting = () => on(url, async (client) => Number(await value(client, "SELECT count(*) FROM delivery WHERE status IN ('pending', 'sending', 'in_doubt')")));
  for (let round = 0; round < ROUNDS && (await waiting()) > 0; round++) {
    child = startChild(url, { connector, timeout: 100 }, "one-delivery.ts", VARIABLES);
    await child.done;
    await on(url, async (client) => {
      await client.query("UPDATE connector SET leased_until = now() - interval '1 second' WHERE leased_by IS NOT NULL"); // as if the time of whoever died had run out
      await client.query(`UPDATE instance SET mark = 'test', clock_offset_ms = clock_offset_ms + ${(LAG + 30) * 1_000}`);
    });
  }
  return killed;
}

/** Tickets of 10,000 findings to a tracker that fails in a quarter of all cases, while whoever sends is killed: one linked ticket each, every other one named. */
export async function benchTickets(setting: Setting, kills: number, seed: number): Promise<Figure[]> {
  await loadBase({ ...setting, base: 1_000 });
  const url = await setting.databases.copy(LOADED, SCRATCH);
  const stub = await StubTracker.start({ vendor: "jira_cloud" });
  const prepared = await startChild(url, { address: stub.address, findings: FINDINGS, lag: LAG }, "one-delivery.ts", VARIABLES).done;
  const { connector } = made.parse(JSON.parse(prepared.last));
  const began = performance.now();
  const killed = await sendAll(url, stub, connector, kills, dice(seed));
  const seconds = (performance.now() - began) / 1_000;
  const { rows: linked } = await on(url, (client) => client.query<{ marker: string; key: string | null }>("SELECT marker, external_key AS key FROM ticket WHERE connector_id IS NOT NULL ORDER BY id"));
  const { rows: named } = await on(url, (client) => client.query<{ key: string }>("SELECT d->>'key' AS key FROM delivery, jsonb_array_elements(coalesce(body->'duplicates', '[]')) d"));
  await stub.close();
  await setting.databases.drop(SCRATCH);
  const oldest = new Map(stub.issues.toReversed().flatMap((issue) => issue.labels.map((label) => [label, `SEC-${issue.number}`])));
  const keys = new Set(linked.map(({ key }) => key));
  const others = new Set(named.map(({ key }) => key));
  const orphans = stub.issues.map(({ number }) => `SEC-${number}`).filter((key) => !keys.has(key));
  const bench = `${FINDINGS} tickets, ${killed} kills, ${orphans.length} made twice, seed ${seed}`;
  return [
    { bench, what: "findings without exactly one linked ticket", value: FINDINGS - keys.size + linked.filter(({ key }) => key === null).length, unit: "rows", atMost: 0 },
    { bench, what: "linked to another than the oldest of theirs", value: linked.filter(({ marker, key }) => oldest.get(marker) !== key).length, unit: "rows", atMost: 0 },
    { bench, what: "made over there and neither linked nor named", value: orphans.filter((key) => !others.has(key)).length, unit: "rows", atMost: 0 },
    { bench, what: "kills that did not happen", value: kills - killed, unit: "rows", atMost: 0 },
    { bench, what: "until all were there, the waits left out", value: seconds, unit: "s", atMost: 3_600 },
  ];
}
