"use client";
import { useEffect, useRef, type Dispatch } from "react";
import { useLive, type Changed } from "@/components/shell/live";
import type { ChangesAsked, QueueChanges } from "@/lib/domain/views/live";
import type { News } from "./live-rows";
import type { QueueEvent, QueueState } from "./queue-state";

const MOST = 200;
/** Between two questions; longer when everything in view is asked for. */
const PAUSE_MS = 600;
const LONG_PAUSE_MS = 2_500;
/** How long a row that left stays with its note. */
const NOTE_MS = 4_000;
const SCROLL_MS = 250;

function isChanges(value: unknown): value is QueueChanges {
  return typeof value === "object" && value !== null && "rows" in value && "arrived" in value;
}

async function askChanges(environment: number, asked: ChangesAsked): Promise<QueueChanges | null> {
  try {
    const response = await fetch(`/api/e/${environment}/changes`, { method: "POST", body: JSON.stringify(asked), headers: { "Content-Type": "application/json" }, cache: "no-store" });
    const answer: unknown = await response.json();
    return response.ok && isChanges(answer) ? answer : null;
  } catch {
    return null;
  }
}

/** The findings whose rows are drawn. */
function inView(): number[] {
  return [...document.querySelectorAll<HTMLElement>("#queue [data-number]")].map(({ dataset }) => Number(dataset.number)).slice(0, MOST);
}

type Waiting = { numbers: Set<number>; all: boolean };

/** The notes of rows that left go by themselves, and the rows with them. */
export function useNotes({ left }: News, dispatch: Dispatch<QueueEvent>) {
  useEffect(() => {
    if (left.size === 0) return;
    const numbers = [...left.keys()];
    const gone = setTimeout(() => dispatch({ type: "bury", numbers }), NOTE_MS);
    return () => clearTimeout(gone);
  }, [left, dispatch]);
}

/**
 * Takes over what others change: rows that are known are read again by number, a few times a second at most, the list as a whole never.
 * After a gap, or when too much changed to be named, it is the rows in view; the others when they come into view.
 */
export function useLiveQueue(environment: number, state: QueueState, dispatch: Dispatch<QueueEvent>, changed: (numbers: Changed) => void) {
  const latest = useRef(state);
  const waiting = useRef<Waiting>({ numbers: new Set(), all: false });
  const old = useRef(new Set<number>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isAsking = useRef(false);

  useEffect(() => { latest.current = state; });
  useEffect(() => () => { if (timer.current) clearTimeout(timer.current); }, []);

  function schedule(ms: number) {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      void ask();
    }, ms);
  }

  async function ask() {
    const { numbers, all } = waiting.current;
    if (isAsking.current || (numbers.size === 0 && !all)) return;
    waiting.current = { numbers: new Set(), all: false };
    isAsking.current = true;
    const { rows, page } = latest.current;
    const known = new Map(rows.map((row) => [row.number, row.version]));
    if (all) old.current = new Set(known.keys());
    const wanted = [...new Set([...numbers, ...(all ? inView() : [])])].slice(0, MOST);
    const seen = wanted.flatMap((number) => { const version = known.get(number); return version === undefined ? [] : [{ number, version }]; });
    const unknown = wanted.filter((number) => !known.has(number));
    const answer = await askChanges(environment, { filter: page.filter, seen, unknown });
    for (const { number } of seen) old.current.delete(number);
    isAsking.current = false;
    if (answer && latest.current.page === page) dispatch({ type: "changes", heard: { answer, unknown, all } });
    schedule(all ? LONG_PAUSE_MS : PAUSE_MS);
  }

  useLive("findings", (what) => {
    if (what === "many") waiting.current.all = true;
    else for (const number of what) waiting.current.numbers.add(number);
    changed(what);
    schedule(0);
  });

  useEffect(() => {
    let later: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const stale = inView().filter((number) => old.current.has(number));
      for (const number of stale) waiting.current.numbers.add(number);
      if (stale.length > 0) schedule(0);
    };
    const scrolled = () => {
      clearTimeout(later);
      if (old.current.size > 0) later = setTimeout(look, SCROLL_MS);
    };
    document.addEventListener("scroll", scrolled, true);
    return () => {
      clearTimeout(later);
      document.removeEventListener("scroll", scrolled, true);
    };
  });
}
