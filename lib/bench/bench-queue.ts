import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { median, type Figure } from "@/lib/bench/measured";
import { LARGE_QUEUE, SMALL_QUEUE } from "@/lib/bench/queue-world";
import { queueTimes, type QueueTimes, type Turn } from "@/lib/bench/spec";
import type { Setting } from "@/lib/bench/world";

const MOST_NAMED = 12;

async function times(setting: Setting, database: string, full: boolean): Promise<QueueTimes> {
  const { code, last } = await startChild(setting.databases.url(database), { full }, "one-queue.ts").done;
  if (code !== 0) throw new Error(`The reading of the queue ended with code ${code}.`);
  return queueTimes.parse(JSON.parse(last));
}

const ratio = ({ application, reference }: Turn) => application / reference;

/** The middle of all, the worst of all, and by name those that miss the line. */
export function figuresOf(bench: string, what: string, turns: readonly Turn[], atMost: number): Figure[] {
  const sorted = turns.toSorted((one, other) => ratio(other) - ratio(one));
  const worst = sorted[0];
  if (!worst) return [];
  const missing = sorted.slice(1).filter((turn) => ratio(turn) > atMost).slice(0, MOST_NAMED);
  return [
    { bench, what: `${what}: the middle of ${turns.length}`, value: median(turns.map(ratio)), unit: "x", atMost: null },
    { bench, what: `${what}: the worst, ${worst.name} (${worst.application.toFixed(1)} ms)`, value: ratio(worst), unit: "x", atMost },
    ...missing.map((turn): Figure => ({ bench, what: `${what}: ${turn.name} (${turn.application.toFixed(1)} ms)`, value: ratio(turn), unit: "x", atMost })),
  ];
}

/** The queue at both sizes, the data layer beside SQL written by hand, turn by turn in one process. */
export async function benchQueue(setting: Setting): Promise<Figure[]> {
  const [small, large] = [await times(setting, SMALL_QUEUE, false), await times(setting, LARGE_QUEUE, true)];
  const size = await on(setting.databases.url(LARGE_QUEUE), (client) => value(client, "SELECT count(*) FROM finding"));
  const bench = `queue of ${size}`;
  const grown = large.pages.map((turn, at): Turn => ({ name: turn.name, application: turn.application, reference: small.pages[at]?.application ?? Number.NaN }));
  const slow = large.filtered.map(({ application }) => application).toSorted((one, other) => one - other);
  return [
    ...figuresOf(bench, "exact counts of all tabs against select 1", large.counts, 3),
    { bench, what: "the same against those of the small queue", value: (large.counts[0]?.application ?? Number.NaN) / (small.counts[0]?.application ?? Number.NaN), unit: "x", atMost: 1.5 },
    ...figuresOf(bench, "exact filtered counts against SQL", large.filtered, 1.3),
    { bench, what: "the slowest but one in twenty of them", value: (slow[Math.floor(slow.length * 0.95)] ?? Number.NaN) / 1_000, unit: "s", atMost: 0.3 },
    ...figuresOf(bench, "first page against SQL", large.pages, 2),
    ...figuresOf(bench, "first page against that of the small queue", grown, 1.5),
    ...figuresOf(bench, "page 100,000 rows deep against the first", large.deep, 1.5),
    ...figuresOf(bench, "page of a search against SQL", large.words, 1.5),
    ...figuresOf(bench, "count of a search against SQL", large.wordCounts, 1.5),
  ];
}
