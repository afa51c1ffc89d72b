"use client";
import { useMemo, useState } from "react";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { placeOf } from "./row-places";

const NONE: ReadonlySet<number> = new Set();
const NO_ROWS: readonly FindingRow[] = [];

/**
 * Where the cursor stands and what is ticked. The cursor remembers its place as well as its finding:
 * when a decided row leaves the list, it stands on the next one. Who may do nothing to many ticks none.
 */
export function useSelection(rows: readonly FindingRow[], first: number | null, mayTick: boolean) {
  const [cursor, setCursor] = useState<{ number: number | null; index: number }>({ number: first ?? rows[0]?.number ?? null, index: 0 });
  const [ticked, setTicked] = useState(NONE);
  const [sought, setSought] = useState(0);

  const found = placeOf(rows, cursor.number, cursor.index);
  if (found >= 0 && found !== cursor.index) setCursor({ number: cursor.number, index: found }); // rows above it came or went
  const index = found >= 0 ? found : Math.min(cursor.index, rows.length - 1);
  const current = rows[index] ?? null;
  const selected = useMemo(() => (ticked.size === 0 ? NO_ROWS : rows.filter((row) => ticked.has(row.number))), [rows, ticked]);

  function moveTo(next: number): FindingRow | null {
    const at = Math.max(0, Math.min(rows.length - 1, next));
    const row = rows[at] ?? null;
    if (row) setCursor({ number: row.number, index: at });
    return row;
  }

  /** Puts the cursor on a finding that is in the list, or is about to come back into it, and its row into view, wherever the list was moved to. */
  function goTo(number: number) {
    setCursor((before) => ({ number, index: before.index }));
    setSought((before) => before + 1);
  }

  function toggle(numbers: readonly number[], on?: boolean) {
    if (!mayTick) return;
    setTicked((before) => {
      const after = new Set(before);
      for (const number of numbers) if (on ?? !before.has(number)) after.add(number); else after.delete(number);
      return after;
    });
  }

  function extend(step: number) {
    if (current) toggle([current.number], true);
    const next = moveTo(index + step);
    if (next) toggle([next.number], true);
    return next;
  }

  /** Ticks everything between the cursor and a row, as a click with Shift does. */
  function toggleRange(to: number) {
    const [from, until] = [Math.min(index, to), Math.max(index, to)];
    toggle(rows.slice(from, until + 1).map((row) => row.number), true);
    moveTo(to);
  }

  return { index, current, sought, selected, ticked, moveTo, goTo, toggle, extend, toggleRange, clear: () => setTicked(NONE) };
}

export type Selection = ReturnType<typeof useSelection>;
