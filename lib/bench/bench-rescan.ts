import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { on, value } from "@/lib/bench/databases";
import type { Figure } from "@/lib/bench/measured";
import { reportOf, runOn, WORLD, type Setting } from "@/lib/bench/world";

const SCRATCH = "bench_run";

/** How many rows of findings have been written in this database. Sessions tell their numbers as they end. */
async function written(client: pg.Client): Promise<number> {
  await sleep(1_500);
  return Number(await value(client, "SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = 'finding'"));
}

/** The same machines three times: with changes, with what was new a day ago, and with nothing changed at all. */
export async function benchRescan(setting: Setting, size: number): Promise<Figure[]> {
  const url = await setting.databases.copy(WORLD, SCRATCH);
  const looks: { changed: number; rows: number }[] = [];
  for (const day of [30, 31, 32]) {
    const before = await on(url, written);
    const { scan } = await runOn(url, { ...reportOf(setting, size, 1, day), mode: "import" });
    const rows = (await on(url, written)) - before;
    const changed = Number(await on(url, (client) => value(client, "SELECT count(DISTINCT finding_id) FROM scan_change WHERE scan_id = $1", [scan])));
    looks.push({ changed, rows });
  }
  await setting.databases.drop(SCRATCH);
  const [first, , last] = looks;
  const bench = `rescan of ${size} in ${setting.base}`;
  return [
    { bench, what: "rows of findings written for each that changed", value: (first?.rows ?? Number.NaN) / (first?.changed ?? Number.NaN), unit: "x", atMost: 1.01 },
    { bench, what: "rows of findings that changed", value: first?.changed ?? Number.NaN, unit: "rows", atMost: null },
    { bench, what: "rows of findings written where nothing changed", value: last?.rows ?? Number.NaN, unit: "rows", atMost: 0 },
  ];
}
