import { setTimeout as sleep } from "node:timers/promises";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { dice } from "@/lib/bench/dice";
import type { Figure } from "@/lib/bench/measured";
import { loadBase, LOADED, type Setting } from "@/lib/bench/world";
import { openMailbox, type Mailbox } from "@/lib/testing/mailbox";

const SCRATCH = "bench_run";
const LETTERS = 20_000;
/** The server is away for so long at first, and everything that waits for it is put forward by an hour then. */
const AWAY_MS = 20_000;

const FILL = `INSERT INTO mail (environment_id, key, to_address, subject, text, html)
  SELECT 1, 'bench:' || n, 'person-' || n || '@example.test', 'F-' || n, 'Something was decided.', '<p>Something was decided.</p>' FROM generate_series(1, ${LETTERS}) n`;

/** How often each letter arrived, by its message id. */
function arrivals(box: Mailbox): Map<string, number> {
  const times = new Map<string, number>();
  for (const { raw } of box.letters) {
    const [, id = ""] = /^Message-ID: (\S+)/im.exec(raw) ?? [];
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

async function killed(url: string, box: Mailbox, kills: number, random: () => number): Promise<number> {
  let amid = 0;
  const start = () => startChild(url, {}, "one-mail.ts", { SMTP_URL: box.address, AUTH_URL: "http://127.0.0.1:3000" });
  const waiting = () => on(url, async (client) => Number(await value(client, "SELECT count(*) FROM mail WHERE status IN ('pending', 'sending')")));
  let child = start();
  await box.stop();
  await sleep(AWAY_MS);
  await box.start();
  await on(url, (client) => client.query("UPDATE mail SET due_at = due_at - interval '1 hour' WHERE status = 'pending'"));
  for (let kill = 0; kill < kills; kill++) {
    const before = box.letters.length;
    await sleep(500 + random() * 2_500);
    if (box.letters.length > before) amid++;
    child.kill();
    await child.done;
    await on(url, (client) => client.query("UPDATE mail SET leased_until = leased_until - interval '2 minutes' WHERE status = 'sending'")); // as if its time had run out
    child = start();
  }
  while ((await waiting()) > 0) await sleep(500);
  child.kill();
  await child.done;
  return amid;
}

/** Letters while the server is away for an hour and whoever sends is killed again and again: none lost, hardly one doubled. */
export async function benchMail(setting: Setting, kills: number, seed: number): Promise<Figure[]> {
  await loadBase({ ...setting, base: 1_000 });
  const url = await setting.databases.copy(LOADED, SCRATCH);
  await on(url, (client) => client.query(FILL));
  const box = await openMailbox();
  const amid = await killed(url, box, kills, dice(seed));
  const times = arrivals(box);
  const doubled = [...times.values()].reduce((sum, n) => sum + n - 1, 0);
  await box.stop();
  await setting.databases.drop(SCRATCH);
  const bench = `${LETTERS} letters, ${kills} kills, the server away for an hour, seed ${seed}`;
  return [
    { bench, what: "letters that never arrived", value: LETTERS - times.size, unit: "rows", atMost: 0 },
    { bench, what: "letters that arrived twice, in 10,000", value: (doubled * 10_000) / LETTERS, unit: "rows", atMost: 1 },
    { bench, what: "kills that hit nothing on its way", value: (100 * (kills - amid)) / kills, unit: "%", atMost: 50 },
  ];
}
