import { copyTime } from "@/lib/bench/copy";
import { on } from "@/lib/bench/databases";
import type { Figure } from "@/lib/bench/measured";
import type { Answer } from "@/lib/bench/spec";
import { LOADED, reportOf, runOn, type Setting } from "@/lib/bench/world";

const MIB = 1024 * 1024;

/** The first load of an empty queue, end to end, against raw COPY of the rows that it made. */
export async function benchFirst(setting: Setting, loaded: Answer): Promise<Figure[]> {
  const url = setting.databases.url(LOADED);
  const parsed = await runOn(url, { ...reportOf(setting, setting.base, 0, 0), mode: "parse" });
  const copied = await on(url, (client) => copyTime(client, "true", setting.folder));
  const bench = `first load of ${loaded.results}`;
  return [
    { bench, what: "whole import against COPY of its rows", value: loaded.milliseconds / copied, unit: "x", atMost: 12 },
    { bench, what: "parsing alone, of the import", value: (100 * parsed.milliseconds) / loaded.milliseconds, unit: "%", atMost: null },
    { bench, what: "the process grew by", value: loaded.grown / MIB, unit: "MB", atMost: 512 },
    { bench, what: "the import took", value: loaded.milliseconds / 1_000, unit: "s", atMost: null },
  ];
}
