"use client";
import { useState } from "react";

const NONE: ReadonlySet<number> = new Set();

/** Where the cursor stands and what is ticked, by a number of the row's own: both stay with their rows when these are read anew. Who may do nothing to many ticks none. */
export function useRowSelection<Row>(rows: readonly Row[], idOf: (row: Row) => number, mayTick: boolean) {
  const [cursor, setCursor] = useState<{ id: number | null; index: number }>(() => ({ id: rows[0] === undefined ? null : idOf(rows[0]), index: 0 }));
  const [ticked, setTicked] = useState(NONE);
  const found = rows.findIndex((row) => idOf(row) === cursor.id);
  const index = found >= 0 ? found : Math.min(cursor.index, rows.length - 1);
  const current = rows[index] ?? null;

  function moveTo(next: number): Row | null {
    const at = Math.max(0, Math.min(rows.length - 1, next));
    const row = rows[at] ?? null;
    if (row !== null) setCursor({ id: idOf(row), index: at });
    return row;
  }

  function toggle(ids: readonly number[], on?: boolean) {
    if (!mayTick) return;
    setTicked((before) => {
      const after = new Set(before);
      for (const id of ids) if (on ?? !before.has(id)) after.add(id); else after.delete(id);
      return after;
    });
  }

  function extend(step: number) {
    const next = moveTo(index + step);
    toggle([current, next].flatMap((row) => (row === null ? [] : idOf(row))), true);
  }

  /** Ticks everything between the cursor and a row, as a click with Shift does. */
  function toggleRange(to: number) {
    toggle(rows.slice(Math.min(index, to), Math.max(index, to) + 1).map(idOf), true);
    moveTo(to);
  }

  return { index, current, ticked, moveTo, toggle, extend, toggleRange, clear: () => setTicked(NONE) };
}
