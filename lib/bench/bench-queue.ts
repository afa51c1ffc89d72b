import { startChild } from "@/lib/bench/child.mjs";
import { on, value } from "@/lib/bench/databases";
import { median, type Figure } from "@/lib/bench/measured";
import { LARGE_QUEUE, SMALL_QUEUE } from "@/lib/bench/queue-world";
import { queueTimes, type QueueTimes, type Turn } from "@/lib/bench/spec";
import type { Setting } from "@/lib/bench/world";

const MOST_NAMED = 12;

async function times(setting: Setting, database: string, asked: { full: boolean; depth: number }): Promise<QueueTimes> {
  const { code, last } = await startChild(setting.databases.url(database), asked, "one-queue.ts").done;
  if (code !== 0) throw new Error(`The reading of the queue ended with code ${code}.`);
  return queueTimes.parse(JSON.parse(last));
}

const ratio = ({ application, reference }: Turn) => application / reference;

/**
 * The middle of all, the worst of all, and by name those that miss the line (none: null). What differs from the reference is a figure of its own, with the first that does.
 * @throws where nothing was measured: no line is kept by no case
 */
export function figuresOf(bench: string, what: string, turns: readonly Turn[], atMost: number | null, differing = "with other rows than SQL"): Figure[] {
  const sorted = turns.toSorted((one, other) => ratio(other) - ratio(one));
  const worst = sorted[0];
  if (!worst) throw new Error(`Not one case was measured of "${what}".`);
  const missing = sorted.slice(1).filter((turn) => atMost !== null && !(ratio(turn) <= atMost)).slice(0, MOST_NAMED);
  const wrong = turns.filter(({ other }) => other > 0);
  return [
    { bench, what: `${what}: the middle of ${turns.length}`, value: median(turns.map(ratio)), unit: "x", atMost: null },
    { bench, what: `${what}: the worst, ${worst.name} (${worst.application.toFixed(1)} ms)`, value: ratio(worst), unit: "x", atMost },
    ...missing.map((turn): Figure => ({ bench, what: `${what}: ${turn.name} (${turn.application.toFixed(1)} ms)`, value: ratio(turn), unit: "x", atMost })),
    { bench, what: `${what}: ${differing}${wrong[0] ? `, first ${wrong[0].name}` : ""}`, value: wrong.length, unit: "rows", atMost: 0 },
  ];
}

/** The slowest but one in twenty, in seconds. */
export function slowestButFew(turns: readonly Turn[]): number {
  const sorted = turns.map(({ application }) => application).toSorted((one, other) => one - other);
  return (sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN) / 1_000;
}

/** Counts by filter: inside a tab with one field more is what the line is drawn for. */
function countsOf(bench: string, { filtered, empty }: QueueTimes): Figure[] {
  const inside = filtered.filter(({ name }) => !name.startsWith("all, "));
  return [
    ...figuresOf(bench, "exact filtered counts against SQL", filtered, 1.3, "counted differently"),
    { bench, what: `filters that find nothing${empty[0] ? `: ${empty.join("; ")}` : ""}`, value: empty.length, unit: "rows", atMost: 0 },
    { bench, what: `the slowest but one in twenty of ${inside.length}, each a filter inside Needs Review or Closed`, value: slowestButFew(inside), unit: "s", atMost: 0.3 },
    { bench, what: `the slowest but one in twenty of all ${filtered.length}, those over everything too`, value: slowestButFew(filtered), unit: "s", atMost: null },
  ];
}

/** Far down: by key downwards and upwards, and by a link, which counts what lies above too. */
function deepOf(bench: string, { deep, up, jumps, skipped }: QueueTimes, depth: number): Figure[] {
  return [
    ...figuresOf(bench, `page ${depth} rows deep against the first`, deep, 1.5),
    ...figuresOf(bench, `page upwards from ${depth} rows deep against the first`, up, 1.5),
    ...figuresOf(bench, `jump by link ${depth} rows deep, with its place in all, against the first page`, jumps, null),
    { bench, what: `orders with fewer than ${depth} rows, not measured so deep${skipped.length > 0 ? `: ${skipped.join(", ")}` : ""}`, value: skipped.length, unit: "rows", atMost: null },
  ];
}

/** The queue at both sizes, the data layer beside SQL written by hand, turn by turn in one process. */
export async function benchQueue(setting: Setting, depth: number): Promise<Figure[]> {
  const large = await times(setting, LARGE_QUEUE, { full: true, depth });
  const small = await times(setting, SMALL_QUEUE, { full: false, depth });
  const [size, base] = await Promise.all([LARGE_QUEUE, SMALL_QUEUE].map((name) => on(setting.databases.url(name), (client) => value(client, "SELECT count(*) FROM finding"))));
  const bench = `queue of ${size}`;
  const grown = large.pages.map((turn, at): Turn => ({ name: turn.name, application: turn.application, reference: small.pages[at]?.application ?? Number.NaN, other: small.pages[at]?.other ?? Number.NaN }));
  return [
    ...figuresOf(bench, "exact counts of all tabs against select 1", large.counts, 3, "counted differently"),
    { bench, what: `the same against those of the queue of ${base}`, value: (large.counts[0]?.application ?? Number.NaN) / (small.counts[0]?.application ?? Number.NaN), unit: "x", atMost: 1.5 },
    ...countsOf(bench, large),
    ...figuresOf(bench, "first page against SQL", large.pages, 2),
    ...figuresOf(bench, `first page against that of the queue of ${base}`, grown, 1.5, "with other rows than SQL there"),
    ...deepOf(bench, large, depth),
    ...figuresOf(bench, "page of a search against SQL", large.words, 1.5),
    ...figuresOf(bench, "count of a search against SQL", large.wordCounts, 1.5, "counted differently"),
  ];
}
