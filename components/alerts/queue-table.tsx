"use client";
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type MouseEvent, type PointerEvent, type ReactNode } from "react";
import type { FindingRow } from "@/lib/domain/views/alerts";
import type { Layout } from "@/lib/domain/desk/layout";
import { columnsOf } from "./columns";
import { gridStyle, rowHeight, WIDE_ENOUGH } from "./grid";
import { QueueHead, type HeadProps } from "./queue-head";
import { QueueRow } from "./queue-row";
import { SkeletonRows } from "./queue-skeleton";
import type { Trouble } from "./queue-state";
import { placeOf } from "./row-places";
import { useRowsInView } from "./use-rows-in-view";
import type { Selection } from "./use-selection";

const HEAD = 30;
const AHEAD = 20;

export type RowAct = "open" | "tick" | "range" | "point" | "investigate" | "close" | "accept" | "keep" | "bookmark" | "review" | "why";
const ROW_ACTS: readonly RowAct[] = ["open", "tick", "investigate", "close", "accept", "keep", "bookmark", "review", "why"];

/** Which row was clicked, and what for. Null for clicks that the browser should answer (a new tab, say). */
function clickOf(event: MouseEvent<HTMLElement>): { index: number; act: RowAct } | null {
  if (!(event.target instanceof Element) || event.metaKey || event.ctrlKey) return null;
  const row = event.target.closest("[data-index]");
  if (!(row instanceof HTMLElement)) return null;
  const asked = event.target.closest("[data-act]");
  const act = ROW_ACTS.find((each) => asked instanceof HTMLElement && asked.dataset.act === each) ?? "open";
  return { index: Number(row.dataset.index), act: act === "tick" && event.shiftKey ? "range" : act };
}

/** The finding whose row the pointer is on. */
function usePointed() {
  const [pointed, setPointed] = useState<number | null>(null);
  function onPointerOver({ target }: PointerEvent<HTMLElement>) {
    const row = target instanceof Element ? target.closest("[data-number]") : null;
    setPointed(row instanceof HTMLElement ? Number(row.dataset.number) : null);
  }
  return { pointed, over: { onPointerOver, onPointerLeave: () => setPointed(null) } };
}

type Reach = { hasMore: boolean; hasAbove: boolean; onMore: () => void; onAbove: () => void };

function useRows(rows: readonly FindingRow[], row: number, { index, sought }: Selection, { hasMore, hasAbove, onMore, onAbove }: Reach) {
  const { scroller, from, until, reveal, shift } = useRowsInView(rows.length, row, HEAD);
  const nearsEnd = hasMore && until > rows.length - AHEAD;
  const nearsStart = hasAbove && rows.length > 0 && from < AHEAD;
  const more = useEffectEvent(onMore);
  const above = useEffectEvent(onAbove);
  const current = rows[index]?.number;
  const follow = useEffectEvent(() => reveal(index));
  const prepended = useEffectEvent(shift);

  // Rows that came before the first push the others down: what was in view stays where it was.
  const before = useRef(rows);
  useLayoutEffect(() => {
    const first = before.current[0];
    const added = first && rows !== before.current ? placeOf(rows, first.number, 0) : 0;
    before.current = rows;
    if (added > 0) prepended(added);
  }, [rows]);
  useEffect(() => { if (nearsEnd) more(); }, [nearsEnd, rows.length]);
  useEffect(() => { if (nearsStart) above(); }, [nearsStart, rows.length]);
  useEffect(() => follow(), [current, sought]);
  return { scroller, from, until };
}

export type QueueTableProps = {
  layout: Layout;
  rows: readonly FindingRow[]; troubles: ReadonlyMap<number, Trouble>; selection: Selection; /** everything that matches is chosen, whether it is loaded or not */ isAllChosen: boolean; hasMore: boolean; hasAbove: boolean; offset: number; total: number | null; mayDecide: boolean; isWaiting: boolean; head: HeadProps; empty: ReactNode; foot: ReactNode;
  onMore: () => void; onAbove: () => void; onAct: (index: number, act: RowAct) => void;
};

/** The queue: a grid that draws only the rows in view. The cursor is announced as its active row. */
export function QueueTable({ layout, rows, troubles, selection, isAllChosen, hasMore, hasAbove, offset, total, mayDecide, isWaiting, head, empty, foot, onMore, onAbove, onAct }: QueueTableProps) {
  const columns = useMemo(() => columnsOf(layout.columns), [layout.columns]);
  const style = useMemo(() => gridStyle(layout), [layout]);
  const height = rowHeight(layout.density);
  const { pointed, over } = usePointed();
  const { scroller, from, until } = useRows(rows, height, selection, { hasMore, hasAbove, onMore, onAbove });

  function onClick(event: MouseEvent<HTMLElement>) {
    const click = clickOf(event);
    if (!click) return;
    if (event.target instanceof Element && event.target.closest("a")) event.preventDefault();
    onAct(click.index, click.act);
  }

  return (
    <div ref={scroller} className="@container min-h-0 flex-1 overflow-auto">
      <div
        role="grid" tabIndex={0} aria-label="Findings" aria-multiselectable aria-rowcount={total === null ? -1 : total + 1} aria-busy={isWaiting}
        aria-activedescendant={selection.current ? `row-${selection.current.number}` : undefined} onClick={onClick} {...over} id="queue" style={style} className={`group/grid outline-none! ${WIDE_ENOUGH}`}
      >
        <QueueHead {...head} mayTick={mayDecide} columns={columns} />
        {isWaiting ? <SkeletonRows layout={layout} /> : (
          <div role="rowgroup" className="relative" style={{ height: rows.length * height }}>
            {rows.slice(from, until).map((row, at) => (
              <QueueRow key={row.number} columns={columns} finding={row} trouble={troubles.get(row.number)} index={from + at} offset={offset} isCurrent={from + at === selection.index} isTicked={isAllChosen || selection.ticked.has(row.number)} isPointed={row.number === pointed} mayDecide={mayDecide} style={`translateY(${(from + at) * height}px)`} />
            ))}
          </div>
        )}
      </div>
      {!isWaiting && rows.length === 0 && !hasMore ? empty : null}
      {isWaiting ? null : foot}
    </div>
  );
}
