import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { dice } from "@/lib/bench/dice";
import { asItComes } from "@/lib/bench/hook-deliveries";
import type { Figure } from "@/lib/bench/measured";
import { hooked, hooksDone, type HooksDone } from "@/lib/bench/spec";
import { EMPTY, type Setting } from "@/lib/bench/world";

const [READY, PLAIN, STORM] = ["bench_hooks", "bench_run", "bench_storm"];
const KILLS = 5;
const VARIABLES = { DOCKET_TRACKERS_INSIDE: "1", DOCKET_SECRET_KEY: "c".repeat(64), AUTH_URL: "http://127.0.0.1:3000", DOCKET_HOOKS_A_MINUTE: "1000000" };

const run = async (url: string, asked: unknown): Promise<unknown> => {
  const { code, last } = await startChild(url, asked, "one-hooks.ts", VARIABLES).done;
  if (code !== 0) throw new Error(`A process of the bench ended with code ${code}.`);
  return JSON.parse(last);
};

/** All that tickets and their fixes say, but for when it was noted. */
const STANDING = `SELECT t.number, t.state, t.remediation, t.sync, t.external_key, t.external_done, t.drift, t.external, t.severity,
  (SELECT json_agg(json_build_array(l.finding_id, l.remediation, l.attempts, l.is_open) ORDER BY l.finding_id) FROM ticket_finding l WHERE l.ticket_id = t.id) AS fixes FROM ticket t ORDER BY t.number`;

async function standing(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<Record<string, unknown>>(STANDING);
  return rows.map((row) => JSON.stringify(row));
}

/** Delivers as it comes while whoever reads is killed, each time with unread ones before it; until all is read. */
async function storm(url: string, asked: { connector: number; plain: boolean }, names: number, random: () => number): Promise<{ done: HooksDone; seconds: number; amid: number }> {
  const asking = new pg.Client({ connectionString: url });
  await asking.connect();
  const count = async (where: string) => Number(await value(asking, `SELECT count(*) FROM hook ${where}`));
  const waiting = () => count("WHERE settled_at IS NULL");
  const start = () => startChild(url, { role: "read", connector: asked.connector }, "one-hooks.ts", VARIABLES);
  let isSent = false;
  const sending = run(url, asked).finally(() => (isSent = true));
  while ((await count("")) === 0 && !isSent) await sleep(20);
  const began = performance.now();
  let reader = start();
  let amid = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    while (!isSent && (await count("")) < (names * (kill + 0.5 + random() / 2)) / KILLS) await sleep(20);
    if ((await waiting()) > 0) amid++;
    reader.kill();
    await reader.done;
    reader = start();
  }
  const done = hooksDone.parse(await sending);
  while ((await waiting()) > 0) await sleep(50);
  const seconds = (performance.now() - began) / 1_000;
  reader.kill();
  await Promise.all([reader.done, asking.end()]);
  return { done, seconds, amid };
}

/** Webhooks doubled, shuffled, forged and stale, while whoever reads them is killed: the state of the plain order, each kept once, each move logged once. */
export async function benchHooks({ databases }: Setting, count: number, seed: number): Promise<Figure[]> {
  const tickets = Math.min(1_000, Math.max(50, Math.round(count / 100)));
  const asked = { role: "send", ...hooked.parse(await run(await databases.copy(EMPTY, READY), { role: "prepare", tickets })), tickets, count, seed };
  const plain = await databases.copy(READY, PLAIN);
  const ordered = hooksDone.parse(await run(plain, { ...asked, plain: true }));
  const url = await databases.copy(READY, STORM);
  const told = asItComes(asked);
  const names = new Set(told.filter(({ isForged }) => !isForged).map(({ id }) => id)).size;
  const { done, seconds, amid } = await storm(url, { ...asked, plain: false }, names, dice(seed));
  const [expected, reached] = [await on(plain, standing), await on(url, standing)];
  const number = (statement: string) => on(url, async (client) => Number(await value(client, statement)));
  const moves = await number("SELECT count(*) FROM audit_event WHERE action IN ('ticket.changed_there', 'ticket.gone_there')");
  const figures: Figure[] = [];
  const bench = `${told.length} webhooks of ${tickets} tickets, ${KILLS} kills (${amid} amid), seed ${seed}`;
  const add = (what: string, given: number, unit: Figure["unit"], atMost: number | null) => figures.push({ bench, what, value: given, unit, atMost });
  add("tickets that stand otherwise than in the plain order", expected.filter((one, at) => one !== reached[at]).length + Math.abs(expected.length - reached.length), "rows", 0);
  add("kept more or less than once", Math.abs((await number("SELECT count(*) FROM hook")) - names), "rows", 0);
  add("never read", await number("SELECT count(*) FROM hook WHERE settled_at IS NULL"), "rows", 0);
  add("moves logged more or less than once", Math.abs(moves - (await number("SELECT count(*) FROM hook WHERE outcome LIKE 'applied %'"))), "rows", 0);
  add("forged and taken, or signed and refused", Math.abs(told.filter(({ isForged }) => isForged).length - done.refused), "rows", 0);
  add("kills that hit nothing unread", KILLS - amid, "rows", 2);
  add("1,000 deliveries, door and worker together", (seconds * 1_000) / told.length, "s", 3);
  add("1,000 deliveries, the door alone", done.milliseconds / told.length, "s", null);
  add("1,000 in the plain order, read by the round", ordered.milliseconds / ordered.taken, "s", null);
  for (const name of [READY, PLAIN, STORM]) if (name) await databases.drop(name);
  return figures;
}
