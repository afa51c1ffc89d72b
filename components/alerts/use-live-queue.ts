"use client";
import { useEffect, useEffectEvent, useRef, useState, type Dispatch } from "react";
import { useBulkEnd } from "@/components/bulk/bulk-news";
import { ask } from "@/components/shell/ask";
import { useLive, type Changed } from "@/components/shell/live";
import type { ChangesAsked, QueueChanges } from "@/lib/domain/views/live";
import { changePace, MOST_ASKED, questionOf, type ChangePace } from "./change-pace";
import { departures } from "./departures";
import type { News } from "./live-rows";
import type { QueueEvent, QueueState } from "./queue-state";

/** How long a row that left stays with its note. */
const NOTE_MS = 4_000;
const SCROLL_MS = 250;

function isChanges(value: unknown): value is QueueChanges {
  return typeof value === "object" && value !== null && "rows" in value && "arrived" in value;
}

/** What has become of these findings, and of the queue; null where no answer came. */
export async function askChanges(environment: number, asked: ChangesAsked): Promise<QueueChanges | null> {
  const answer = await ask(environment, "changes", asked);
  return isChanges(answer) ? answer : null;
}

/** The findings whose rows are drawn. */
function inView(): number[] {
  return [...document.querySelectorAll<HTMLElement>("#queue [data-number]")].map(({ dataset }) => Number(dataset.number)).slice(0, MOST_ASKED);
}

/** The notes of rows that left go by themselves, and the rows with them. */
export function useNotes({ left }: News, dispatch: Dispatch<QueueEvent>) {
  const [leaving] = useState(() => departures(NOTE_MS, (numbers) => dispatch({ type: "bury", numbers })));
  useEffect(() => leaving.see(left.keys()), [leaving, left]);
  useEffect(() => leaving.stop, [leaving]);
}

/**
 * Takes over what others change: rows that are known are read again by number, a few times a second at most, the list as a whole never.
 * After a gap, or when too much changed to be named, it is the rows in view; the others when they come into view.
 */
export function useLiveQueue(environment: number, state: QueueState, dispatch: Dispatch<QueueEvent>, changed: (numbers: Changed) => void) {
  const pace = useRef<ChangePace | null>(null);
  /** Loaded rows that nobody has looked at since too much changed. */
  const old = useRef(new Set<number>());
  const page = useRef(state.page);

  const renew = useEffectEvent(async (numbers: ReadonlySet<number>, all: boolean) => {
    const known = new Map(state.rows.map((row) => [row.number, row.version]));
    if (all) old.current = new Set(known.keys());
    const [wanted, left] = questionOf(numbers, all ? inView() : [], all ? [...state.beyond.unseen.keys(), ...known.keys()] : []);
    const seen = wanted.flatMap((number) => { const version = known.get(number); return version === undefined ? [] : [{ number, version }]; });
    const unknown = wanted.filter((number) => !known.has(number));
    const ends = [state.nextCursor, state.previousCursor].filter((cursor) => cursor !== null);
    const answer = await askChanges(environment, { filter: state.page.filter, seen, unknown, ends });
    if (!answer || page.current !== state.page) return null; // of another queue by now: asked again of that
    for (const { number } of seen) old.current.delete(number);
    dispatch({ type: "changes", page: state.page, heard: { answer, unknown } });
    return left;
  });

  const arrive = useEffectEvent(() => {
    page.current = state.page;
    pace.current?.again(new Set(state.rows.map(({ number }) => number)));
  });
  useEffect(() => arrive(), [state.page]);
  useEffect(() => {
    const made = changePace((numbers, all) => renew(numbers, all));
    pace.current = made;
    return made.stop;
  }, []);

  useLive("findings", (what) => {
    changed(what);
    pace.current?.hear(what);
  });

  // Every loaded row is asked about, so that what it moved leaves together. A list with nothing in it has no place to lose.
  useBulkEnd(() => {
    if (state.rows.length === 0) return false;
    pace.current?.hear(state.rows.map(({ number }) => number));
    pace.current?.hear("many");
    return true;
  });

  useEffect(() => {
    let later: ReturnType<typeof setTimeout> | undefined;
    const look = () => pace.current?.hear(inView().filter((number) => old.current.has(number)));
    const scrolled = () => {
      clearTimeout(later);
      if (old.current.size > 0) later = setTimeout(look, SCROLL_MS);
    };
    document.addEventListener("scroll", scrolled, true);
    return () => {
      clearTimeout(later);
      document.removeEventListener("scroll", scrolled, true);
    };
  }, []);
}
