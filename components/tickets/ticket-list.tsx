"use client";
import { flexRender, useTable, type Row as LineOf } from "@tanstack/react-table";
import clsx from "clsx";
import { memo, useEffect, type MouseEvent, type ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Skeleton } from "@/components/ui/states";
import { useRowSelection } from "@/components/ui/use-row-selection";
import type { TicketRow } from "@/lib/domain/views/tickets";
import { columns, features, GRID, LIES, NAMES, READING_GRID } from "./ticket-columns";

const numberOf = ({ number }: TicketRow) => number;

/** Where the cursor stands among the tickets and what is ticked. */
export function useTicketSelection(rows: readonly TicketRow[], mayTick: boolean) {
  return useRowSelection(rows, numberOf, mayTick);
}

export type TicketSelection = ReturnType<typeof useTicketSelection>;

type Line = LineOf<typeof features, TicketRow>;
type RowProps = { line: Line; ticket: TicketRow; index: number; isCurrent: boolean; isTicked: boolean; mayWrite: boolean };

const Row = memo(function Row({ line, ticket, index, isCurrent, isTicked, mayWrite }: RowProps) {
  return (
    <div
      role="row" id={`ticket-${ticket.number}`} data-index={index} aria-rowindex={index + 2} aria-selected={isTicked}
      className={clsx("h-9 scroll-mt-9 scroll-mb-20 border-b border-line [contain-intrinsic-height:36px] [content-visibility:auto] @max-md:h-[52px] @max-md:[contain-intrinsic-height:52px]", mayWrite ? GRID : READING_GRID, isTicked ? "bg-selected" : isCurrent ? "bg-hover" : "hover:bg-hover",
        isCurrent && "shadow-[inset_2px_0_0_var(--accent)] -outline-offset-2 outline-focus group-focus-visible/grid:outline-2")}
    >
      {mayWrite ? <div role="gridcell" data-act="tick"><Checkbox label={`Select T-${ticket.number}`} checked={isTicked} readOnly tabIndex={-1} className="-ml-1" /></div> : null}
      {line.getAllCells().map((cell) => <div role="gridcell" key={cell.column.id} className={LIES[cell.column.id]}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</div>)}
    </div>
  );
});

function useTickets(rows: readonly TicketRow[]) {
  return useTable({ features, columns, data: rows, getRowId: ({ number }) => String(number) });
}

/** Grey rows in their final size. */
export function SkeletonTickets({ count = 20, mayWrite = true }: { count?: number; mayWrite?: boolean }) {
  return (
    <div aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={`h-9 border-b border-line @max-md:h-[52px] ${mayWrite ? GRID : READING_GRID}`}>
          {mayWrite ? <Skeleton className="size-3.5" /> : null}<Skeleton className="h-4 w-14" /><Skeleton className="size-4" /><span style={{ width: `${35 + ((index * 17) % 40)}%` }}><Skeleton className="h-3" /></span>
        </div>
      ))}
    </div>
  );
}

type Heads = ReturnType<ReturnType<typeof useTickets>["getFlatHeaders"]>;

function Head({ heads, mayWrite, ticked, onTickAll }: { heads: Heads; mayWrite: boolean; ticked: "none" | "some" | "all"; onTickAll: (on: boolean) => void }) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div role="row" aria-rowindex={1} className={clsx("h-[30px] border-b border-line bg-ground text-2xs text-ink-3", mayWrite ? GRID : READING_GRID)}>
        {mayWrite ? <div role="columnheader"><Checkbox label="Select all loaded tickets" checked={ticked === "all"} mixed={ticked === "some"} onChange={(event) => onTickAll(event.target.checked)} className="-ml-1" /></div> : null}
        {heads.map((head) => <div role="columnheader" key={head.id} className={LIES[head.id]}>{NAMES[head.id] ? <span className="sr-only">{NAMES[head.id]}</span> : flexRender(head.column.columnDef.header, head.getContext())}</div>)}
      </div>
    </div>
  );
}

type Props = { rows: readonly TicketRow[]; total: number; selection: TicketSelection; mayWrite: boolean; isWaiting: boolean; empty: ReactNode; foot: ReactNode; onOpen: (ticket: TicketRow) => void };

/** The tickets: a grid whose cursor is announced as its active row. */
export function TicketList({ rows, total, selection, mayWrite, isWaiting, empty, foot, onOpen }: Props) {
  const { index, current, ticked } = selection;
  const table = useTickets(rows);
  const marked = rows.filter(({ number }) => ticked.has(number)).length;

  useEffect(() => { if (current) document.getElementById(`ticket-${current.number}`)?.scrollIntoView({ block: "nearest" }); }, [current]);

  function onClick(event: MouseEvent<HTMLElement>) {
    if (!(event.target instanceof Element) || event.metaKey || event.ctrlKey) return;
    const line = event.target.closest("[data-index]");
    const ticket = line instanceof HTMLElement ? rows[Number(line.dataset.index)] : undefined;
    if (!ticket) return;
    const act = event.target.closest("[data-act]");
    if (act instanceof HTMLElement && act.dataset.act === "open") {
      event.preventDefault();
      return onOpen(ticket);
    }
    if (event.target.closest("a")) return;
    const at = rows.indexOf(ticket);
    if (act && event.shiftKey) return selection.toggleRange(at);
    selection.moveTo(at);
    if (act) selection.toggle([ticket.number]);
  }

  return (
    <div className="@container min-h-0 flex-1 overflow-y-auto">
      <div role="grid" tabIndex={0} id="queue" aria-label="Tickets" aria-multiselectable={mayWrite} aria-rowcount={total + 1} aria-busy={isWaiting} aria-activedescendant={current ? `ticket-${current.number}` : undefined} onClick={onClick} className="group/grid outline-none!">
        <Head heads={table.getFlatHeaders()} mayWrite={mayWrite} ticked={marked === 0 ? "none" : marked === rows.length ? "all" : "some"} onTickAll={(on) => (on ? selection.toggle(rows.map(numberOf), true) : selection.clear())} />
        {isWaiting ? <SkeletonTickets count={12} mayWrite={mayWrite} /> : <div role="rowgroup">{table.getRowModel().rows.map((line, at) => <Row key={line.id} line={line} ticket={line.original} index={at} isCurrent={at === index} isTicked={ticked.has(line.original.number)} mayWrite={mayWrite} />)}</div>}
      </div>
      {!isWaiting && rows.length === 0 ? empty : null}
      {isWaiting ? null : foot}
    </div>
  );
}
