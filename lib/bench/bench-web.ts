import { startChild } from "@/lib/bench/child.mjs";
import type { Figure } from "@/lib/bench/measured";
import { read, type Read } from "@/lib/bench/spec";
import { reportOf, runOn, WORLD, type Setting } from "@/lib/bench/world";

const SCRATCH = "bench_run";
const IDLE_SECONDS = 8;

/** What a reader of the queue waits for while a report is imported, against what they wait for otherwise: the query layer, in a process of its own. */
export async function benchWeb(setting: Setting, size: number): Promise<Figure[]> {
  const url = await setting.databases.copy(WORLD, SCRATCH);
  const idle = await reader(url, IDLE_SECONDS);
  const reading = reader(url, null);
  const imported = await runOn(url, { ...reportOf(setting, size, 1, 30), mode: "import" });
  const busy = await reading;
  await setting.databases.drop(SCRATCH);
  const bench = `reading while ${imported.results} are imported into ${setting.base}`;
  return [
    { bench, what: "p95 of rows and counts, against the same when idle", value: busy.p95 / idle.p95, unit: "x", atMost: 2 },
    { bench, what: "their median, against the same when idle", value: busy.median / idle.median, unit: "x", atMost: null },
    { bench, what: "p95 when idle", value: idle.p95 / 1_000, unit: "s", atMost: null },
    { bench, what: "asked while it ran", value: busy.asked, unit: "rows", atMost: null },
    { bench, what: "the import took", value: imported.milliseconds / 1_000, unit: "s", atMost: null },
  ];
}

/** Null: it waits for an import and asks until that has ended. */
async function reader(url: string, seconds: number | null): Promise<Read> {
  const { code, last } = await startChild(url, { environment: 1, seconds }, "one-reader.ts").done;
  if (code !== 0) throw new Error(`The reader ended with code ${code}.`);
  return read.parse(JSON.parse(last));
}
