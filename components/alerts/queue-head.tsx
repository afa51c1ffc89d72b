"use client";
import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "@/components/ui/checkbox";
import type { Sort } from "@/lib/domain/views/alerts";
import { HEAD_NAMES, type QueueColumn } from "./columns";
import { GRID } from "./grid";

export type HeadProps = { sort: Sort; onSort: (sort: Sort) => void; ticked: "none" | "some" | "all"; onTickAll: (on: boolean) => void };

/** Which orders a column's head offers, first press first. */
const HEAD_SORTS: Record<string, readonly Sort[]> = { severity: ["severity", "-severity"], title: ["title"], asset: ["asset"], age: ["-added", "added"], due: ["due", "-due"], seen: ["-seen", "seen"], decided: ["-decided", "decided"], number: ["number", "-number"] };
const DESCENDING: readonly Sort[] = ["severity", "added"];

function HeadCell({ column: { id, header: text, className }, sort, onSort }: { column: QueueColumn; sort: Sort; onSort: (sort: Sort) => void }) {
  const sorts = HEAD_SORTS[id];
  const at = sorts?.indexOf(sort) ?? -1;
  const order = at < 0 ? undefined : DESCENDING.includes(sort) ? "descending" : "ascending";
  const Arrow = order === "descending" ? ArrowDown : ArrowUp;
  const next = sorts?.[(at + 1) % sorts.length];
  const name = HEAD_NAMES[id];

  return (
    <div role="columnheader" aria-sort={order} className={clsx(className, id === "severity" && "-ml-1")}>
      {next ? (
        <button type="button" tabIndex={-1} onClick={() => onSort(next)} aria-label={name ? `Sort by ${name.toLowerCase()}` : undefined} className={clsx("inline-flex min-h-6 items-center gap-1 rounded px-1 hover:text-ink", id !== "severity" && "-ml-1", order && "text-ink")}>
          {name ? <span aria-hidden>Sev</span> : text}{order && id !== "severity" ? <Arrow size={10} aria-hidden /> : null}
        </button>
      ) : name ? <span className="sr-only">{name}</span> : text}
    </div>
  );
}

export function QueueHead({ columns, sort, onSort, ticked, onTickAll, mayTick }: HeadProps & { mayTick: boolean; columns: readonly QueueColumn[] }) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div role="row" aria-rowindex={1} className={clsx("h-[30px] border-b border-line bg-ground text-2xs text-ink-3", GRID)}>
        <div role="columnheader">{mayTick ? <Checkbox label="Select all loaded rows" checked={ticked === "all"} mixed={ticked === "some"} onChange={(event) => onTickAll(event.target.checked)} className="-ml-1" /> : <span className="sr-only">Selection</span>}</div>
        {columns.map((column) => <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />)}
      </div>
    </div>
  );
}
