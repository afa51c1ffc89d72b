"use client";
import clsx from "clsx";
import { memo, useEffect, type MouseEvent, type ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Skeleton } from "@/components/ui/states";
import type { AssetRow } from "@/lib/domain/views/assets";
import { COLUMNS, GRID } from "./asset-columns";
import type { AssetSelection } from "./use-asset-selection";

type RowProps = { asset: AssetRow; environment: number; index: number; isCurrent: boolean; isTicked: boolean; mayEdit: boolean };

const Row = memo(function Row({ asset, environment, index, isCurrent, isTicked, mayEdit }: RowProps) {
  return (
    <div
      role="row" id={`asset-${asset.id}`} data-index={index} aria-rowindex={index + 2} aria-selected={isTicked}
      className={clsx("h-9 scroll-mt-9 scroll-mb-20 border-b border-line [contain-intrinsic-height:36px] [content-visibility:auto]", GRID, isTicked ? "bg-selected" : isCurrent ? "bg-hover" : "hover:bg-hover",
        isCurrent && "shadow-[inset_2px_0_0_var(--accent)] -outline-offset-2 outline-focus group-focus-visible/grid:outline-2")}
    >
      <div role="gridcell" data-act={mayEdit ? "tick" : undefined}>{mayEdit ? <Checkbox label={`Select ${asset.name}`} checked={isTicked} readOnly tabIndex={-1} className="-ml-1" /> : null}</div>
      {COLUMNS.map((column) => <div role="gridcell" key={column.id} className={column.lies}>{column.draw(asset, environment)}</div>)}
    </div>
  );
});

/** Grey rows in their final size. */
export function SkeletonAssets({ count = 20 }: { count?: number }) {
  return (
    <div aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={`h-9 border-b border-line ${GRID}`}>
          <Skeleton className="size-3.5" /><span style={{ width: `${35 + ((index * 17) % 40)}%` }}><Skeleton className="h-3" /></span><Skeleton className="h-4 w-16 @max-xl:hidden" /><Skeleton className="h-4 w-20 @max-2xl:hidden" />
        </div>
      ))}
    </div>
  );
}

function Head({ mayEdit, ticked, onTickAll }: { mayEdit: boolean; ticked: "none" | "some" | "all"; onTickAll: (on: boolean) => void }) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div role="row" aria-rowindex={1} className={clsx("h-[30px] border-b border-line bg-ground text-2xs text-ink-3", GRID)}>
        <div role="columnheader">{mayEdit ? <Checkbox label="Select all loaded assets" checked={ticked === "all"} mixed={ticked === "some"} onChange={(event) => onTickAll(event.target.checked)} className="-ml-1" /> : <span className="sr-only">Selection</span>}</div>
        {COLUMNS.map((column) => <div role="columnheader" key={column.id} className={column.lies} title={column.name}>{column.name ? <><span aria-hidden>{column.head}</span><span className="sr-only">{column.name}</span></> : column.head}</div>)}
      </div>
    </div>
  );
}

type Props = {
  environment: number; rows: readonly AssetRow[]; total: number; selection: AssetSelection; mayEdit: boolean; isWaiting: boolean; empty: ReactNode; foot: ReactNode; onOpen: (asset: AssetRow) => void;
};

/** The inventory: a grid whose cursor is announced as its active row. */
export function AssetList({ environment, rows, total, selection, mayEdit, isWaiting, empty, foot, onOpen }: Props) {
  const { index, current, ticked } = selection;
  const marked = rows.filter((row) => ticked.has(row.id)).length;

  useEffect(() => { if (current) document.getElementById(`asset-${current.id}`)?.scrollIntoView({ block: "nearest" }); }, [current]);

  function onClick(event: MouseEvent<HTMLElement>) {
    if (!(event.target instanceof Element) || event.metaKey || event.ctrlKey) return;
    const line = event.target.closest("[data-index]");
    const asset = line instanceof HTMLElement ? rows[Number(line.dataset.index)] : undefined;
    if (!asset) return;
    const act = event.target.closest("[data-act]");
    const isOpen = act instanceof HTMLElement && act.dataset.act === "open";
    if (isOpen) {
      event.preventDefault();
      return onOpen(asset);
    }
    if (event.target.closest("a")) return;
    const at = rows.indexOf(asset);
    if (act && event.shiftKey) return selection.toggleRange(at);
    selection.moveTo(at);
    if (act) selection.toggle([asset.id]);
  }

  return (
    <div className="@container min-h-0 flex-1 overflow-y-auto">
      <div role="grid" tabIndex={0} id="queue" aria-label="Assets" aria-multiselectable={mayEdit} aria-rowcount={total + 1} aria-busy={isWaiting} aria-activedescendant={current ? `asset-${current.id}` : undefined} onClick={onClick} className="group/grid outline-none!">
        <Head mayEdit={mayEdit} ticked={marked === 0 ? "none" : marked === rows.length ? "all" : "some"} onTickAll={(on) => (on ? selection.toggle(rows.map((row) => row.id), true) : selection.clear())} />
        {isWaiting ? <SkeletonAssets count={12} /> : <div role="rowgroup">{rows.map((asset, at) => <Row key={asset.id} asset={asset} environment={environment} index={at} isCurrent={at === index} isTicked={ticked.has(asset.id)} mayEdit={mayEdit} />)}</div>}
      </div>
      {!isWaiting && rows.length === 0 ? empty : null}
      {isWaiting ? null : foot}
    </div>
  );
}
