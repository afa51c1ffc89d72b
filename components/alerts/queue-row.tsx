"use client";
import clsx from "clsx";
import { BookmarkCheck, Check, CircleDot, CircleHelp, Ellipsis, ShieldCheck, Star, Undo2 } from "lucide-react";
import { memo, type CSSProperties } from "react";
import { useModuleWords } from "@/components/module/module-context";
import { Checkbox } from "@/components/ui/checkbox";
import type { FindingRow } from "@/lib/domain/views/alerts";
import type { QueueColumn } from "./columns";
import { GRID } from "./grid";
import type { Trouble } from "./queue-state";

const QUICK = [
  { act: "keep", label: "Keep the decision…", icon: BookmarkCheck, flagged: true },
  { act: "review", label: "Needs Review", icon: Undo2, response: "needs_review" },
  { act: "investigate", label: "Investigate", icon: CircleDot, response: "investigating" },
  { act: "close", label: "Close…", icon: Check, response: "closed" },
  { act: "accept", label: "Accept risk…", icon: ShieldCheck, response: "accepted_risk" },
  { act: "bookmark", label: "Bookmark", icon: Star },
  { act: "why", label: "Why is this here?", icon: CircleHelp },
  { act: "open", label: "Open", icon: Ellipsis },
] as const;

/** A response is offered where it is another one; an acceptance can always be renewed, and a closure put right. What is kept was flagged. */
function isOffered(quick: (typeof QUICK)[number], { response, isFlagged, mayDecide }: Offered): boolean {
  if ("flagged" in quick) return mayDecide && isFlagged;
  if (!("response" in quick)) return true;
  return mayDecide && (quick.response !== response || quick.act === "accept" || quick.act === "close");
}

type Offered = { response: FindingRow["response"]; isFlagged: boolean; mayDecide: boolean };

/** Drawn for the row under the pointer alone, for they are a third of what a row weighs; the keyboard has its keys and the bar below for the same. */
function QuickActions({ name, ...offered }: Offered & { name: string }) {
  const words = useModuleWords();
  return (
    <div role="gridcell" className="absolute inset-y-0 right-3 hidden items-center gap-0.5 bg-linear-to-l from-hover from-85% to-transparent pl-8 group-hover:flex">
      {QUICK.filter((quick) => isOffered(quick, offered)).map((quick) => {
        const label = quick.act === "accept" ? words.deed(quick.response, quick.label) : quick.label;
        return (
          <button key={quick.act} type="button" tabIndex={-1} data-act={quick.act} aria-label={`${label} ${name}`} title={label} className="grid size-7 place-items-center rounded-md text-ink-2 hover:bg-line hover:text-ink">
            <quick.icon size={14} aria-hidden />
          </button>
        );
      })}
    </div>
  );
}

/** Why the row is here although it was decided. */
function TroubleNote({ trouble }: { trouble: Trouble }) {
  return (
    <div role="gridcell" title={trouble.why} className="pointer-events-none absolute inset-y-0 right-3 flex max-w-[60%] items-center bg-linear-to-l from-panel from-90% to-transparent pl-8 text-xs text-danger group-hover:hidden">
      <span className="truncate">{trouble.kind === "stuck" ? "Not saved: " : "Refused: "}{trouble.why}</span>
    </div>
  );
}

type Props = { columns: readonly QueueColumn[]; trouble?: Trouble | undefined; finding: FindingRow; index: number; offset: number; isCurrent: boolean; isTicked: boolean; isPointed: boolean; mayDecide: boolean; style: CSSProperties["transform"] };

/** One finding. It holds no handler: the table hears clicks for all rows, so that a moved cursor or pointer repaints two rows, not all. */
export const QueueRow = memo(function QueueRow({ columns, finding, index, offset, isCurrent, isTicked, isPointed, mayDecide, trouble, style }: Props) {
  return (
    <div
      role="row"
      id={`row-${finding.number}`}
      data-number={finding.number}
      data-index={index}
      aria-rowindex={offset + index + 2}
      aria-selected={isTicked}
      style={{ transform: style }}
      className={clsx(
        "group absolute inset-x-0 top-0 h-[var(--row)] cursor-default border-b border-line transition-opacity duration-300 has-[[data-left]]:opacity-60", GRID,
        isTicked ? "bg-selected" : isCurrent ? "bg-hover" : "hover:bg-hover",
        isCurrent && "shadow-[inset_2px_0_0_var(--accent)] -outline-offset-2 outline-focus group-focus-visible/grid:outline-2",
      )}
    >
      {mayDecide ? <div role="gridcell" data-act="tick"><Checkbox label={`Select F-${finding.number}`} checked={isTicked} readOnly tabIndex={-1} className="-ml-1" /></div> : <div role="gridcell" />}
      {columns.map(({ id, className, cell }) => (
        <div role="gridcell" key={id} className={className}>{cell(finding)}</div>
      ))}
      {trouble ? <TroubleNote trouble={trouble} /> : null}
      {isPointed ? <QuickActions name={`F-${finding.number}`} response={finding.response} isFlagged={finding.reReview !== null} mayDecide={mayDecide} /> : null}
    </div>
  );
});
