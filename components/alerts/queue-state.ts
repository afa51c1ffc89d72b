import type { AlertsPage, FindingRow, QueueCounts } from "@/lib/domain/views/alerts";
import type { Expression } from "@/lib/domain/filter/expression";
import { asksOf } from "@/lib/domain/filter/foresee";
import { RESPONSES } from "@/lib/domain/finding/words";
import { beyondWithout, startBeyond, type Beyond } from "./beyond";
import { belongs, fitAgain, isHeld, isShown, unfitAfter } from "./listed";
import { newsWithout, NO_NEWS, withChanges, withoutLeft, type HeardChanges, type News } from "./live-rows";

/** What a decision will most likely make of a row; painted at once, taken back when the answer says otherwise. */
export type Guess = Partial<Pick<FindingRow, "response" | "governance" | "assignee" | "tags" | "moduleState" | "route" | "closeReason" | "acceptedUntil" | "requested" | "verification" | "reReview" | "followUpOn">>;

/** Why a row is back that was decided: refused, or without an answer so far. */
export type Trouble = { kind: "refused" | "stuck"; why: string };

export type QueueState = {
  page: AlertsPage;
  rows: readonly FindingRow[];
  guesses: ReadonlyMap<number, Guess>;
  troubles: ReadonlyMap<number, Trouble>;
  /** what the filter asks that a row can answer itself */
  asked: readonly Expression[];
  /** rows that are loaded and that the filter no longer holds: kept in place, so that they can come back, and not shown */
  unfit: ReadonlySet<number>;
  /** what others did */
  news: News;
  beyond: Beyond;
  nextCursor: string | null;
  /** how many come before the first of these rows, and where to read on upwards */
  offset: number;
  previousCursor: string | null;
  counts: QueueCounts;
  total: number | null;
  more: "idle" | "loading" | "failed";
  above: "idle" | "loading" | "failed";
};

/** What was asked for says for which page: an answer that comes after the next page is no part of it. */
export type QueueEvent =
  | { type: "page"; page: AlertsPage }
  | { type: "more"; page: AlertsPage; now: "loading" | "failed" }
  | { type: "rows"; page: AlertsPage; rows: readonly FindingRow[]; nextCursor: string | null }
  | { type: "above"; page: AlertsPage; now: "loading" | "failed" }
  | { type: "rowsAbove"; page: AlertsPage; rows: readonly FindingRow[]; previousCursor: string | null }
  | { type: "guess"; numbers: readonly number[]; guess: (row: FindingRow) => Guess }
  | { type: "trouble"; numbers: readonly number[]; trouble: Trouble | null }
  | { type: "changes"; page: AlertsPage; heard: HeardChanges }
  | { type: "counted"; page: AlertsPage; counts: QueueCounts; tabs: QueueCounts["tabs"] }
  | { type: "bury"; numbers: readonly number[] }
  | { type: "forget" }
  | { type: "settle"; numbers: readonly number[]; rows: readonly FindingRow[]; counts: QueueCounts | null };

export function startQueue(page: AlertsPage): QueueState {
  return { page, rows: page.rows, guesses: new Map(), troubles: new Map(), asked: asksOf(page.filter), unfit: new Set(), news: NO_NEWS, beyond: startBeyond(page.total, page.rows.length), nextCursor: page.nextCursor, offset: page.offset, previousCursor: page.previousCursor, counts: page.counts, total: page.total, more: "idle", above: "idle" };
}

function withGuesses(state: QueueState, numbers: readonly number[], guess: (row: FindingRow) => Guess): QueueState {
  const guesses = new Map(state.guesses);
  const wanted = new Set(numbers);
  for (const row of state.rows) if (wanted.has(row.number)) guesses.set(row.number, { ...guesses.get(row.number), ...guess(row) });
  return { ...withTrouble(state, numbers, null), guesses };
}

function withTrouble(state: QueueState, numbers: readonly number[], trouble: Trouble | null): QueueState {
  const troubles = new Map(state.troubles);
  for (const number of numbers) if (trouble) troubles.set(number, trouble); else troubles.delete(number);
  return { ...state, troubles };
}

function settled(state: QueueState, event: Extract<QueueEvent, { type: "settle" }>): QueueState {
  const guesses = new Map(state.guesses);
  for (const number of event.numbers) guesses.delete(number);
  const fresh = new Map(event.rows.map((row) => [row.number, row]));
  const unfit = new Set(state.unfit);
  let [balance, isMoved] = [0, false];
  const rows = state.rows.map((row) => {
    const now = fresh.get(row.number);
    if (!now || now.version < row.version) return row; // heard of it later than it was read
    unfitAfter(unfit, state, row, now);
    isMoved ||= now.version !== row.version;
    balance += Number(isHeld({ page: state.page, unfit }, now)) - Number(isHeld(state, row));
    return now;
  });
  const beyond = isMoved ? { ...state.beyond, said: null } : state.beyond; // what was counted last was counted with other rows
  const counts = event.counts ?? (isMoved ? { ...state.counts } : state.counts); // others than those that a count on its way was asked under
  return { ...state, guesses, rows, unfit, beyond, counts, total: state.total === null ? null : state.total + balance };
}

function appended(state: QueueState, rows: readonly FindingRow[], nextCursor: string | null): QueueState {
  const known = new Set(state.rows.map((row) => row.number));
  const fresh = rows.filter((row) => !known.has(row.number));
  return { ...state, rows: [...state.rows, ...fresh], nextCursor, more: "idle", beyond: beyondWithout(state.beyond, fresh, state.news.arrived), unfit: fitAgain(state.unfit, rows), news: newsWithout(state.news, rows) };
}

/** Rows that come before all others. Those without an answer above them are the first of the queue: whatever was reckoned before. */
function prepended(state: QueueState, rows: readonly FindingRow[], previousCursor: string | null): QueueState {
  const known = new Set(state.rows.map((row) => row.number));
  const fresh = rows.filter((row) => !known.has(row.number));
  return { ...state, rows: [...fresh, ...state.rows], previousCursor, offset: previousCursor === null ? 0 : Math.max(0, state.offset - fresh.length), above: "idle", beyond: beyondWithout(state.beyond, fresh, state.news.arrived), unfit: fitAgain(state.unfit, rows), news: newsWithout(state.news, rows) };
}

/**
 * What the filter leaves in each tab, where the page came without: its rows do not wait for a number that is dear. Asked while the queue
 * stood otherwise, or while a decision is on its way that it may hold already, it is asked for again.
 */
function counted(state: QueueState, { page, counts, tabs }: Extract<QueueEvent, { type: "counted" }>): QueueState {
  if (page.total !== null || state.counts !== counts || state.guesses.size > 0) return state;
  const total = tabs[page.filter.tab];
  return { ...state, total, beyond: { ...state.beyond, said: total } };
}

export function queueReducer(state: QueueState, event: QueueEvent): QueueState {
  if ("page" in event && event.type !== "page" && event.page !== state.page) return state;
  switch (event.type) {
    case "page": return { ...startQueue(event.page), guesses: state.guesses, troubles: state.troubles }; // what is on its way stays painted
    case "more": return { ...state, more: event.now };
    case "rows": return appended(state, event.rows, event.nextCursor);
    case "above": return { ...state, above: event.now };
    case "rowsAbove": return prepended(state, event.rows, event.previousCursor);
    case "guess": return withGuesses(state, event.numbers, event.guess);
    case "trouble": return withTrouble(state, event.numbers, event.trouble);
    case "changes": return withChanges(state, event.heard);
    case "counted": return counted(state, event);
    case "bury": return withoutLeft(state, event.numbers);
    case "forget": return { ...state, troubles: new Map([...state.troubles].filter(([, { kind }]) => kind === "stuck")) };
    case "settle": return settled(state, event);
  }
}

/** The rows to show: guesses applied, and what left the tab or the filter gone from it. Kept in place, so that an undo puts them back. */
export function shownRows(state: QueueState): FindingRow[] {
  const { left } = state.news;
  const shown: FindingRow[] = [];
  for (const stored of state.rows) {
    const guess = state.guesses.get(stored.number);
    const row = guess ? { ...stored, ...guess } : stored; // a row that nobody decides stays the same object: it is not drawn anew
    if (isShown(state, stored, row) || left.has(row.number)) shown.push(row);
  }
  return shown;
}

/** A tab's head counts move with the guesses too, before the server has answered. */
export function guessedTabs(state: QueueState): QueueCounts["tabs"] {
  if (state.guesses.size === 0) return state.counts.tabs;
  const tabs = { ...state.counts.tabs };
  for (const row of state.rows) {
    const guess = state.guesses.get(row.number);
    if (!guess) continue;
    for (const tab of RESPONSES) tabs[tab] += Number(belongs({ ...row, ...guess }, tab)) - Number(belongs(row, tab));
  }
  return tabs;
}
