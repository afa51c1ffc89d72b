"use client";
import { useCallback, useRef, useSyncExternalStore } from "react";

/** Rows drawn beyond each edge, so that a fast wheel meets no blank. */
const BEYOND = 12;
/** What a window of an ordinary height shows, until the real one is measured. */
const FIRST_LOOK = 20;
/** How many rows the list moves before it is drawn anew. */
const STEP = 4;
/** What covers the lower edge at times, the bar for many: the cursor stays above it. */
const FOOT = 84;
const MOST_IN_VIEW = 999;

type Box = { scrollTop: number; clientHeight: number };

/** The first row in view and how many to draw from there, as one number: first * 1000 + count. It stays the same until the list has moved by a few rows. */
export function lookAt(box: Box | null, row: number): number {
  if (!box || box.clientHeight === 0) return FIRST_LOOK;
  const first = Math.floor(Math.max(0, box.scrollTop) / row / STEP) * STEP;
  return first * (MOST_IN_VIEW + 1) + Math.min(MOST_IN_VIEW, Math.ceil(box.clientHeight / row) + STEP);
}

/** Where the list stands once a row is shown, between the head above the rows and what lies over the foot: moved as little as that takes. */
export function leastScroll({ scrollTop, clientHeight }: Box, { head, row }: { head: number; row: number }, index: number): number {
  const top = index * row;
  const least = Math.min(top, top + head + row + FOOT - clientHeight);
  return scrollTop > top ? top : Math.max(scrollTop, least);
}

/**
 * Which rows of a list are drawn: those in view and a few beyond. All rows are of one height, so that nothing is measured and a hundred
 * thousand of them cost what is in view. `from` to `until` (exclusive) are places in the list; `head` is what stands above the first.
 */
export function useRowsInView(count: number, row: number, head: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const listen = useCallback((changed: () => void) => {
    const box = scroller.current;
    const sized = new ResizeObserver(changed);
    if (box) sized.observe(box);
    box?.addEventListener("scroll", changed, { passive: true });
    return () => {
      sized.disconnect();
      box?.removeEventListener("scroll", changed);
    };
  }, []);
  const look = useSyncExternalStore(listen, () => lookAt(scroller.current, row), () => FIRST_LOOK);
  const first = Math.min(Math.floor(look / (MOST_IN_VIEW + 1)), Math.max(0, count - 1));
  return {
    scroller,
    from: Math.max(0, first - BEYOND),
    until: Math.min(count, first + (look % (MOST_IN_VIEW + 1)) + BEYOND),
    /** rows were put before the first: what is in view stays */
    shift: (rows: number) => { if (scroller.current) scroller.current.scrollTop += rows * row; },
    reveal: (index: number) => { if (scroller.current && index >= 0) scroller.current.scrollTop = leastScroll(scroller.current, { head, row }, index); },
  };
}
