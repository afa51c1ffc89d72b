import type { FindingRow } from "@/lib/domain/views/alerts";
import type { Matching } from "./use-matching";
import type { Selection } from "./use-selection";

type Ticks = Pick<Selection, "index" | "moveTo" | "toggle" | "extend" | "toggleRange" | "clear">;
type Whole = Pick<Matching, "isOn" | "leave" | "clear">;

/**
 * How rows are ticked. While all that match are chosen nobody sees the single ticks below: what would add to them only moves the cursor,
 * what takes one out ends the choice and leaves the other loaded rows ticked.
 */
export function ticking(rows: readonly FindingRow[], ticks: Ticks, whole: Whole) {
  const all = () => ticks.toggle(rows.map(({ number }) => number), true);

  function tick({ number }: Pick<FindingRow, "number">) {
    if (!whole.isOn) return ticks.toggle([number]);
    whole.leave();
    all();
    ticks.toggle([number], false);
  }
  function clear() {
    ticks.clear();
    whole.clear();
  }
  return {
    tick, clear,
    /** every loaded row at once, or none */
    tickAll: (on: boolean) => { clear(); if (on) all(); },
    all: () => { if (!whole.isOn) all(); },
    range: (to: number) => { if (whole.isOn) ticks.moveTo(to); else ticks.toggleRange(to); },
    extend: (step: number) => (whole.isOn ? ticks.moveTo(ticks.index + step) : ticks.extend(step)),
  };
}

export type Ticking = ReturnType<typeof ticking>;
