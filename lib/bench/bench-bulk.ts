import { prepareBulkReference, runBulkReference } from "@/lib/bench/bulk-reference";
import { startChild } from "@/lib/bench/child.mjs";
import { on } from "@/lib/bench/databases";
import type { Figure } from "@/lib/bench/measured";
import { bulkDone, read, type BulkDone, type Read } from "@/lib/bench/spec";
import { WORLD, type Setting } from "@/lib/bench/world";

const SCRATCH = "bench_run";
const IDLE_SECONDS = 8;

/** The whole of Needs Review set to Investigating by filter, against plain SQL that writes the same; and what readers wait for meanwhile. */
export async function benchBulk(setting: Setting): Promise<Figure[]> {
  const { seconds, changed } = await referenceOf(setting);
  const done = await bulkOn(await setting.databases.copy(WORLD, SCRATCH));
  if (done.changed !== changed) throw new Error(`The reference changed ${changed}, the application ${done.changed}.`);

  const url = await setting.databases.copy(WORLD, SCRATCH);
  const idle = await reader(url, IDLE_SECONDS);
  const reading = reader(url, null);
  await bulkOn(url);
  const busy = await reading;
  await setting.databases.drop(SCRATCH);
  const bench = `bulk of ${changed} in ${setting.base}`;
  return [
    { bench, what: "frozen, shown and done, against the reference", value: (done.froze + done.ran) / 1_000 / seconds, unit: "x", atMost: 1.5 },
    { bench, what: "the first progress after its start", value: done.first / 1_000, unit: "s", atMost: 1 },
    { bench, what: "p95 of rows and counts meanwhile, against idle", value: busy.p95 / idle.p95, unit: "x", atMost: 2 },
    { bench, what: "their median, against idle", value: busy.median / idle.median, unit: "x", atMost: null },
    { bench, what: "frozen and shown in", value: done.froze / 1_000, unit: "s", atMost: null },
    { bench, what: "done in", value: done.ran / 1_000, unit: "s", atMost: null },
    { bench, what: "the reference took", value: seconds, unit: "s", atMost: null },
  ];
}

async function referenceOf(setting: Setting): Promise<{ seconds: number; changed: number }> {
  const url = await setting.databases.copy(WORLD, SCRATCH);
  return on(url, async (client) => {
    await prepareBulkReference(client);
    await client.query("CHECKPOINT");
    const began = performance.now();
    const changed = await runBulkReference(client);
    return { seconds: (performance.now() - began) / 1_000, changed };
  });
}

async function bulkOn(url: string): Promise<BulkDone> {
  const { code, last } = await startChild(url, { environment: 1, resume: false }, "one-bulk.ts").done;
  if (code !== 0) throw new Error(`The bulk action ended with code ${code}.`);
  return bulkDone.parse(JSON.parse(last));
}

async function reader(url: string, seconds: number | null): Promise<Read> {
  const { code, last } = await startChild(url, { environment: 1, seconds }, "one-reader.ts").done;
  if (code !== 0) throw new Error(`The reader ended with code ${code}.`);
  return read.parse(JSON.parse(last));
}
