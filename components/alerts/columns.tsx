"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { DetectionDot, SeverityMark } from "@/components/finding/marks";
import { StateBadge } from "@/components/finding/state-badge";
import { Badge } from "@/components/ui/badge";
import { COLUMNS, type Layout } from "@/lib/domain/desk/layout";
import { isLiveInClosed } from "@/lib/domain/finding/governance";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { CELL } from "./column-cells";
import { cellClass } from "./grid";
import { RowNews } from "./row-news";
import { RowStar } from "./row-star";

/** One column of the queue: what a row says there. Plain, so that a hundred thousand loaded rows cost nothing but those in view. */
export type QueueColumn = { id: string; header: string; className: string; cell: (row: FindingRow) => ReactNode };

/** What a row says besides its title, most urgent first; at most two, the rest is in the drawer. */
function flags(row: FindingRow) {
  return [
    row.kev ? { key: "kev", tone: "critical" as const, text: "KEV", title: "Known to be exploited" } : null,
    row.regressed ? { key: "regressed", tone: "high" as const, text: "Regressed", title: "Seen again after it was resolved" } : null,
    row.requested ? { key: "requested", tone: "accent" as const, text: "Requested", title: `Acceptance requested by ${row.requested.by}: it waits for an approver` } : null,
    row.reReview ? { key: "review", tone: "medium" as const, text: "Re-review", title: row.reReview } : null,
    isLiveInClosed(row.scannerStatus, row.governance) ? { key: "live", tone: "high" as const, text: "Live", title: "Dispositioned, yet still detected" } : null,
    row.followUpOn && row.closeReason === "vendor_notified" ? { key: "vendor", tone: "neutral" as const, text: "Vendor", title: "Waiting on a vendor" } : null,
    row.isNew ? { key: "new", tone: "accent" as const, text: "New", title: "First seen by the latest scan" } : null,
  ].filter((flag) => flag !== null).slice(0, 2);
}

/** The title, and beside it what has no column of its own. */
function Title({ row, columns }: { row: FindingRow; columns: Layout["columns"] }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <a data-act="open" tabIndex={-1} href={`findings/${row.number}`} className="truncate font-[490] text-ink" title={row.title}>{row.title}</a>
      <RowStar number={row.number} />
      {columns.includes("location") ? null : <span className="min-w-8 shrink-[99] truncate text-xs text-ink-3 @max-xl:hidden" title={row.location}>{row.location}</span>}
      <RowNews number={row.number} />
      <StateBadge row={row} className="shrink-0" />
      {flags(row).map((flag, index) => <Badge key={flag.key} tone={flag.tone} title={flag.title} className={clsx("shrink-0", index > 0 && "@max-xl:hidden")}>{flag.text}</Badge>)}
      {row.tags.length > 0 && !columns.includes("tags") ? <span className="shrink-0 truncate text-2xs text-ink-3 @max-4xl:hidden" title={row.tags.join(", ")}>#{row.tags[0]}{row.tags.length > 1 ? ` +${row.tags.length - 1}` : ""}</span> : null}
    </span>
  );
}

/** The columns of a layout: what stands first in any, then what was chosen. */
export function columnsOf(chosen: Layout["columns"]): readonly QueueColumn[] {
  return [
    { id: "dot", header: "", className: "", cell: (row) => <DetectionDot status={row.scannerStatus} /> },
    { id: "severity", header: "", className: "", cell: (row) => <SeverityMark severity={row.severity.calibrated} /> },
    { id: "title", header: "Finding", className: "min-w-0", cell: (row) => <Title row={row} columns={chosen} /> },
    ...chosen.map((id): QueueColumn => ({
      id, header: id === "assignee" ? "" : COLUMNS[id], cell: CELL[id],
      className: cellClass(id, chosen),
    })),
  ];
}

export const HEAD_NAMES: Record<string, string> = { dot: "Detection", severity: "Severity", assignee: "Assignee" };
