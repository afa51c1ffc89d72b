import { labelOf } from "@/lib/domain/module/labels";
import { moduleOf } from "@/lib/domain/module/view";
import type { FindingRow, QueueFilter } from "@/lib/domain/views/alerts";
import type { QueueChanges } from "@/lib/domain/views/live";
import { newBeyond } from "./beyond";
import { belongs, isHeld, isShown } from "./listed";
import type { QueueState } from "./queue-state";

/** What others did to a queue: rows that left its tab or no longer match its filter and are still shown for a moment with a note, and what is new and not shown yet. */
export type News = {
  left: ReadonlyMap<number, string>;
  arrived: ReadonlySet<number>;
  /** as many more than those that are known by their numbers */
  more: number;
};

export const NO_NEWS: News = { left: new Map(), arrived: new Set(), more: 0 };

/** What a screen asked for and heard. */
export type HeardChanges = { answer: QueueChanges; unknown: readonly number[] };

function noteOf(before: FindingRow, after: FindingRow, by: string | undefined, filter: QueueFilter): string {
  if (belongs(after, filter.tab)) return `No longer matches the filter${by ? `: changed by ${by}` : ""}`;
  if (before.response !== after.response) return `Moved to ${labelOf(after.response, moduleOf(filter))}${by ? ` by ${by}` : ""}`;
  return after.scannerStatus === "closed" ? "No longer detected" : "Detected again";
}

/** Takes over what others changed: rows in place, exact counts, a note on what left the tab or the filter. What this person is deciding is painted as before. */
export function withChanges(state: QueueState, { answer, unknown }: HeardChanges): QueueState {
  const { filter } = state.page;
  const fresh = new Map(answer.rows.map((row) => [row.number, row]));
  const movers = new Map(answer.moved.map(({ number, by }) => [number, by]));
  const left = new Map(state.news.left);
  const unfit = new Set(state.unfit);
  const fitting = new Set(answer.fitting);
  const moved = new Set<number>();
  const rows = state.rows.map((row) => {
    const now = fresh.get(row.number);
    if (!now || now.version < row.version) return row;
    if (fitting.has(row.number) || !belongs(now, filter.tab)) unfit.delete(row.number); // of another tab nobody said whether the filter holds it
    else unfit.add(row.number);
    const isIn = isHeld({ page: state.page, unfit }, now);
    if (isIn !== isHeld(state, row) || now.version !== row.version) moved.add(row.number);
    const guess = state.guesses.get(row.number);
    const painted = (stored: FindingRow) => (guess ? { ...stored, ...guess } : stored);
    if (isIn) left.delete(row.number);
    else if (isShown(state, row, painted(row)) && !isShown({ ...state, unfit }, now, painted(now))) left.set(row.number, noteOf(row, now, movers.get(row.number), filter));
    return now;
  });
  const arrived = new Set([...state.news.arrived, ...answer.arrived].filter((number) => answer.arrived.includes(number) || !unknown.includes(number)));
  const { beyond, more } = newBeyond(state.beyond, { page: state.page, rows, unfit }, { total: answer.total, seen: new Set(fresh.keys()), moved, arrived: arrived.size });
  return { ...state, rows, unfit, beyond, counts: answer.counts, total: answer.total, news: { left, arrived, more } };
}

/** The notes of rows that left have been seen: now they go. */
export function withoutLeft(state: QueueState, numbers: readonly number[]): QueueState {
  const left = new Map(state.news.left);
  for (const number of numbers) left.delete(number);
  return { ...state, news: { ...state.news, left } };
}

/** What came with further rows is no longer news. */
export function newsWithout(news: News, rows: readonly FindingRow[]): News {
  if (news.arrived.size === 0) return news;
  const arrived = new Set(news.arrived);
  for (const row of rows) arrived.delete(row.number);
  return { ...news, arrived };
}
