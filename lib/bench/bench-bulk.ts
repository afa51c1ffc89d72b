import { prepareBulkReference, runBulkReference } from "@/lib/bench/bulk-reference";
import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { median, type Figure } from "@/lib/bench/measured";
import { LARGE_QUEUE } from "@/lib/bench/queue-world";
import { bulkDone, read, type BulkDone, type Read } from "@/lib/bench/spec";
import type { Setting } from "@/lib/bench/world";

const SCRATCH = "bench_run";
/** The large queue in which exactly so many findings carry a tag. */
const MARKED = "bench_marked";
const TAG = "of-the-bench";
const FILTER = { tab: "needs_review", tag: TAG };
const WHERE = `f.tab = 'needs_review' AND f.tags <> '{}' AND f.tags && '{${TAG}}'`;
const IDLE_SECONDS = 8;
const TURNS = 3;

/** So many undecided findings, scattered over the whole queue, as the filter of people finds them. */
async function mark(setting: Setting, many: number): Promise<string> {
  return on(await setting.databases.copy(LARGE_QUEUE, MARKED), async (client) => {
    await client.query("SET session_replication_role = replica");
    const { rowCount } = await client.query(
      `UPDATE finding SET tags = tags || '${TAG}'::text WHERE id IN (SELECT id FROM finding WHERE tab = 'needs_review' AND governance_status = 'open' ORDER BY hashtextextended(number::text, 7) LIMIT $1)`, [many]);
    if (rowCount !== many) throw new Error(`Needs Review holds ${rowCount} undecided findings, fewer than ${many}: take a larger --base, or say --many.`);
    await client.query("SET session_replication_role = origin");
    await client.query("VACUUM ANALYZE finding");
    return value(client, "SELECT count(*) FROM finding");
  });
}

/** So many findings set to Investigating by a filter, in a larger queue, against plain SQL that writes the same, turn by turn; and what readers wait for meanwhile. */
export async function benchBulk(setting: Setting, many: number): Promise<Figure[]> {
  const size = await mark(setting, many);
  const turns: { reference: number; done: BulkDone }[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const reference = await referenceOf(setting, many);
    turns.push({ reference, done: await bulkOn(await setting.databases.copy(MARKED, SCRATCH), many) });
  }

  const url = await setting.databases.copy(MARKED, SCRATCH);
  const idle = await reader(url, IDLE_SECONDS);
  const [reading, acting] = await Promise.allSettled([reader(url, null), bulkOn(url, many)]);
  if (acting.status === "rejected") throw acting.reason;
  if (reading.status === "rejected") throw reading.reason;
  const busy = reading.value;
  for (const name of [SCRATCH, MARKED]) await setting.databases.drop(name);
  const bench = `bulk of ${many} in ${size}`;
  const middle = (of: (turn: (typeof turns)[number]) => number) => median(turns.map(of));
  return [
    { bench, what: `frozen, shown and done, against the reference: the middle of ${TURNS} turns`, value: middle(({ reference, done: { froze, ran } }) => (froze + ran) / reference), unit: "x", atMost: 1.5 },
    { bench, what: "the first progress after the call that starts it", value: middle(({ done }) => done.first) / 1_000, unit: "s", atMost: 1 },
    { bench, what: "p95 of rows and counts meanwhile, against idle", value: busy.p95 / idle.p95, unit: "x", atMost: 2 },
    { bench, what: "their median, against idle", value: busy.median / idle.median, unit: "x", atMost: null },
    { bench, what: "asked meanwhile", value: busy.asked, unit: "rows", atMost: null },
    { bench, what: "frozen and shown in", value: middle(({ done }) => done.froze) / 1_000, unit: "s", atMost: null },
    { bench, what: "done in, from the call that starts it", value: middle(({ done }) => done.ran) / 1_000, unit: "s", atMost: null },
    { bench, what: "the reference took", value: middle(({ reference }) => reference) / 1_000, unit: "s", atMost: null },
  ];
}

/** Milliseconds of the same in SQL. */
async function referenceOf(setting: Setting, many: number): Promise<number> {
  return on(await setting.databases.copy(MARKED, SCRATCH), async (client) => {
    await prepareBulkReference(client);
    await client.query("CHECKPOINT");
    const began = performance.now();
    const changed = await runBulkReference(client, WHERE);
    if (changed !== many) throw new Error(`The reference changed ${changed} of ${many}.`);
    return performance.now() - began;
  });
}

/** The same through the application, carried out by a worker as it is started with the product. */
async function bulkOn(url: string, many: number): Promise<BulkDone> {
  const worker = startChild(url, {}, "../worker/main.ts");
  try {
    const { code, last } = await startChild(url, { environment: 1, filter: FILTER }, "one-bulk.ts").done;
    if (code !== 0) throw new Error(`The bulk action ended with code ${code}.`);
    const done = bulkDone.parse(JSON.parse(last));
    if (done.total !== many || done.changed !== many) throw new Error(`Of ${many} findings ${done.total} were frozen and ${done.changed} changed.`);
    return done;
  } finally {
    worker.kill();
    await worker.done;
  }
}

async function reader(url: string, seconds: number | null): Promise<Read> {
  const { code, last } = await startChild(url, { environment: 1, seconds }, "one-reader.ts").done;
  if (code !== 0) throw new Error(`The reader ended with code ${code}.`);
  return read.parse(JSON.parse(last));
}
