"use client";
import { useState } from "react";
import type { AssetRow } from "@/lib/domain/views/assets";

const NONE: ReadonlySet<number> = new Set();

/** Where the cursor stands and what is ticked, by id: both stay with their assets when the rows are read anew. Who may not edit ticks none. */
export function useAssetSelection(rows: readonly AssetRow[], mayTick: boolean) {
  const [cursor, setCursor] = useState<{ id: number | null; index: number }>({ id: rows[0]?.id ?? null, index: 0 });
  const [ticked, setTicked] = useState(NONE);
  const found = rows.findIndex((row) => row.id === cursor.id);
  const index = found >= 0 ? found : Math.min(cursor.index, rows.length - 1);
  const current = rows[index] ?? null;

  function moveTo(next: number): AssetRow | null {
    const at = Math.max(0, Math.min(rows.length - 1, next));
    const row = rows[at] ?? null;
    if (row) setCursor({ id: row.id, index: at });
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
    toggle([current, next].flatMap((row) => row?.id ?? []), true);
  }

  /** Ticks everything between the cursor and a row, as a click with Shift does. */
  function toggleRange(to: number) {
    toggle(rows.slice(Math.min(index, to), Math.max(index, to) + 1).map((row) => row.id), true);
    moveTo(to);
  }

  return { index, current, ticked, moveTo, toggle, extend, toggleRange, clear: () => setTicked(NONE) };
}

export type AssetSelection = ReturnType<typeof useAssetSelection>;
