import type { Changed } from "@/components/shell/live";

/** Between two questions; longer between two about everything in view, which no named finding waits for. */
const PAUSE_MS = 600;
const LONG_PAUSE_MS = 2_500;
/** After so many questions in a row that got no answer. */
const SILENT_MS = [1_500, 4_000, 10_000, 30_000] as const;
/** As many as one question may name. */
export const MOST_ASKED = 200;
/** No page is longer under way from the read of its rows to the screen. */
const FLIGHT_MS = 10_000;
/** From so many on they are no longer named one by one: everything is looked at instead. */
const MOST_NAMED = 1_000;

/** Whom one question names: what changed, then what is in view; those that find no room are left for the next. Where there is room, other rows that are `loaded` fill it. */
export function questionOf(changed: ReadonlySet<number>, inView: readonly number[], loaded: readonly number[] = []): [asked: number[], left: number[]] {
  const wanted = [...new Set([...changed, ...inView])];
  return [[...new Set([...wanted, ...loaded])].slice(0, MOST_ASKED), wanted.slice(MOST_ASKED)];
}

/** Asks about findings; gives those that the question had no room for, or null where no answer came. */
type AskChanges = (numbers: ReadonlySet<number>, all: boolean) => Promise<Iterable<number> | null>;
export type ChangePace = { hear: (changed: Changed) => void; again: (among: ReadonlySet<number>) => void; stop: () => void };

function heardLately() {
  let heard: { at: number; changed: Changed }[] = [];
  const all = () => heard.filter(({ at }) => performance.now() - at < FLIGHT_MS);
  return { all, note: (changed: Changed) => { heard = [...all(), { at: performance.now(), changed }]; } };
}

/**
 * Gathers what changed and asks about it, one question at a time and none too soon after another. Nothing that was heard is lost: what
 * found no room in a question is asked next, and what got no answer again, less and less often until there is one.
 */
export function changePace(ask: AskChanges): ChangePace {
  let numbers = new Set<number>();
  let [isAll, isAsking, isStopped] = [false, false, false];
  let notBefore = 0;
  let allNotBefore = 0;
  let silent = 0;
  let timer: { id: ReturnType<typeof setTimeout>; due: number } | null = null;

  function keep(changed: Iterable<number>) {
    for (const number of changed) numbers.add(number);
    if (numbers.size <= MOST_NAMED) return;
    numbers = new Set();
    isAll = true;
  }

  function plan() {
    if (isAsking || (numbers.size === 0 && !isAll)) return;
    const due = Math.max(performance.now(), notBefore, numbers.size === 0 ? allNotBefore : 0);
    if (timer && timer.due <= due) return;
    if (timer) clearTimeout(timer.id);
    timer = { id: setTimeout(() => void go(), due - performance.now()), due };
  }

  async function go() {
    timer = null;
    const all = isAll && performance.now() >= allNotBefore;
    const asked = numbers;
    if (asked.size === 0 && !all) return plan();
    numbers = new Set();
    if (all) isAll = false;
    isAsking = true;
    const left = await ask(asked, all).catch(() => null);
    isAsking = isStopped;
    settle(left, asked, all);
    plan();
  }

  function settle(left: Iterable<number> | null, asked: ReadonlySet<number>, all: boolean) {
    silent = left === null ? silent + 1 : 0;
    isAll ||= left === null && all;
    keep(left ?? asked);
    notBefore = performance.now() + (SILENT_MS[Math.min(silent, SILENT_MS.length) - 1] ?? PAUSE_MS);
    if (all && left !== null) allNotBefore = performance.now() + LONG_PAUSE_MS;
  }

  function take(changed: Changed) {
    if (changed === "many") isAll = true;
    else keep(changed);
    plan();
  }

  const lately = heardLately();
  return {
    hear(changed) {
      lately.note(changed);
      take(changed);
    },
    /** Another page has come, read before what was heard while it was under way: asks about that once more, as far as it is `among` its rows. */
    again(among) {
      for (const { changed } of lately.all()) take(changed === "many" ? changed : changed.filter((number) => among.has(number)));
    },
    stop() {
      if (timer) clearTimeout(timer.id);
      isAsking = isStopped = true; // and for good
    },
  };
}
