import type { AlertsPage, FindingRow, QueueCounts } from "@/lib/domain/views/alerts";
import { isInTab } from "@/lib/domain/finding/governance";
import { RESPONSES, type Tab } from "@/lib/domain/finding/words";

/** What a decision will most likely make of a row; painted at once, taken back when the answer says otherwise. */
export type Guess = Partial<Pick<FindingRow, "response" | "governance" | "assignee" | "tags" | "closeReason" | "acceptedUntil">>;

export type QueueState = {
  page: AlertsPage;
  rows: readonly FindingRow[];
  guesses: ReadonlyMap<number, Guess>;
  nextCursor: string | null;
  counts: QueueCounts;
  total: number | null;
  more: "idle" | "loading" | "failed";
};

export type QueueEvent =
  | { type: "page"; page: AlertsPage }
  | { type: "more" }
  | { type: "moreFailed" }
  | { type: "rows"; rows: readonly FindingRow[]; nextCursor: string | null }
  | { type: "guess"; numbers: readonly number[]; guess: (row: FindingRow) => Guess }
  | { type: "settle"; numbers: readonly number[]; rows: readonly FindingRow[]; counts: QueueCounts | null };

export function startQueue(page: AlertsPage): QueueState {
  return { page, rows: page.rows, guesses: new Map(), nextCursor: page.nextCursor, counts: page.counts, total: page.total, more: "idle" };
}

function belongs(row: Pick<FindingRow, "governance" | "scannerStatus">, tab: Tab): boolean {
  return isInTab(tab, row.scannerStatus, row.governance);
}

function withGuesses(state: QueueState, numbers: readonly number[], guess: (row: FindingRow) => Guess): QueueState {
  const guesses = new Map(state.guesses);
  for (const row of state.rows) if (numbers.includes(row.number)) guesses.set(row.number, { ...guesses.get(row.number), ...guess(row) });
  return { ...state, guesses };
}

function settled(state: QueueState, event: Extract<QueueEvent, { type: "settle" }>): QueueState {
  const guesses = new Map(state.guesses);
  for (const number of event.numbers) guesses.delete(number);
  const fresh = new Map(event.rows.map((row) => [row.number, row]));
  const rows = state.rows.map((row) => fresh.get(row.number) ?? row);
  const was = state.rows.filter((row) => belongs(row, state.page.filter.tab)).length;
  const is = rows.filter((row) => belongs(row, state.page.filter.tab)).length;
  return { ...state, guesses, rows, counts: event.counts ?? state.counts, total: state.total === null ? null : state.total + is - was };
}

function appended(state: QueueState, rows: readonly FindingRow[], nextCursor: string | null): QueueState {
  const known = new Set(state.rows.map((row) => row.number));
  return { ...state, rows: [...state.rows, ...rows.filter((row) => !known.has(row.number))], nextCursor, more: "idle" };
}

export function queueReducer(state: QueueState, event: QueueEvent): QueueState {
  switch (event.type) {
    case "page": return startQueue(event.page);
    case "more": return { ...state, more: "loading" };
    case "moreFailed": return { ...state, more: "failed" };
    case "rows": return appended(state, event.rows, event.nextCursor);
    case "guess": return withGuesses(state, event.numbers, event.guess);
    case "settle": return settled(state, event);
  }
}

/** The rows to show: guesses applied, and what left the tab gone from it. Kept in place, so that an undo puts them back. */
export function shownRows(state: QueueState): FindingRow[] {
  return state.rows
    .map((row) => ({ ...row, ...state.guesses.get(row.number) }))
    .filter((row) => belongs(row, state.page.filter.tab));
}

/** A tab's head counts move with the guesses too, before the server has answered. */
export function guessedTabs(state: QueueState): QueueCounts["tabs"] {
  const tabs = { ...state.counts.tabs };
  for (const row of state.rows) {
    const guess = state.guesses.get(row.number);
    if (!guess) continue;
    for (const tab of RESPONSES) tabs[tab] += Number(belongs({ ...row, ...guess }, tab)) - Number(belongs(row, tab));
  }
  return tabs;
}
