"use client";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { CutName } from "@/components/ui/cut-name";
import { Moment } from "@/components/ui/moment";
import { Face } from "@/components/ui/states";
import { Due } from "@/components/finding/due";
import { RowNews } from "./row-news";
import { DetectionDot, ResponseBadge, SeverityMark } from "@/components/finding/marks";
import { CLOSE_REASON_LABELS, GOVERNANCE_LABELS } from "@/lib/domain/finding/words";
import type { FindingRow } from "@/lib/domain/views/alerts";

/** One column of the queue: what a row says there. Plain, so that a hundred thousand loaded rows cost nothing but those in view. */
export type QueueColumn = { id: string; header: string; cell: (row: FindingRow) => ReactNode };

/** What a row says besides its title, most urgent first; at most two, the rest is in the drawer. */
function flags(row: FindingRow) {
  return [
    row.kev ? { key: "kev", tone: "critical" as const, text: "KEV", title: "Known to be exploited" } : null,
    row.regressed ? { key: "regressed", tone: "high" as const, text: "Regressed", title: "Seen again after it was resolved" } : null,
    row.reReview ? { key: "review", tone: "medium" as const, text: "Re-review", title: row.reReview } : null,
    row.response === "closed" && row.scannerStatus !== "closed" ? { key: "live", tone: "high" as const, text: "Live", title: "Dispositioned, yet still detected" } : null,
    row.followUpOn && row.closeReason === "vendor_notified" ? { key: "vendor", tone: "neutral" as const, text: "Vendor", title: "Waiting on a vendor" } : null,
    row.isNew ? { key: "new", tone: "accent" as const, text: "New", title: "First seen by the latest scan" } : null,
  ].filter((flag) => flag !== null).slice(0, 2);
}

function Title({ row }: { row: FindingRow }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <a data-act="open" tabIndex={-1} href={`findings/${row.number}`} className="truncate font-[490] text-ink" title={row.title}>{row.title}</a>
      <span className="min-w-8 shrink-[99] truncate text-xs text-ink-3 @max-xl:hidden" title={row.location}>{row.location}</span>
      <RowNews number={row.number} />
      {flags(row).map((flag) => <Badge key={flag.key} tone={flag.tone} title={flag.title} className="shrink-0">{flag.text}</Badge>)}
      {row.tags.length > 0 ? <span className="shrink-0 truncate text-2xs text-ink-3 @max-4xl:hidden" title={row.tags.join(", ")}>#{row.tags[0]}{row.tags.length > 1 ? ` +${row.tags.length - 1}` : ""}</span> : null}
    </span>
  );
}

function decisionTitle(row: FindingRow): string {
  return row.closeReason ? `${GOVERNANCE_LABELS[row.governance]}: ${CLOSE_REASON_LABELS[row.closeReason]}` : GOVERNANCE_LABELS[row.governance];
}

export const columns: readonly QueueColumn[] = [
  { id: "dot", header: "", cell: (row) => <DetectionDot status={row.scannerStatus} /> },
  { id: "severity", header: "", cell: (row) => <SeverityMark severity={row.severity.calibrated} /> },
  { id: "title", header: "Finding", cell: (row) => <Title row={row} /> },
  { id: "response", header: "Response", cell: (row) => <ResponseBadge response={row.response} title={decisionTitle(row)} /> },
  { id: "asset", header: "Asset", cell: (row) => <CutName name={row.asset} className="text-ink-2" /> },
  { id: "detector", header: "Detector", cell: (row) => <span className="truncate text-ink-2" title={row.detector}>{row.detector}</span> },
  { id: "assignee", header: "", cell: (row) => (row.assignee ? <Face initials={row.assignee.initials} name={`Assigned to ${row.assignee.name}`} /> : null) },
  { id: "age", header: "Age", cell: (row) => <Moment at={row.addedOn} look="age" className="text-ink-2" /> },
  { id: "due", header: "Due", cell: (row) => <Due row={row} /> },
];

/** One line per column: how its cells lie in the grid, and when a narrow list leaves them out. */
export const CELLS: Record<string, string> = {
  dot: "",
  severity: "",
  title: "min-w-0",
  response: "min-w-0 flex @max-2xl:hidden",
  asset: "min-w-0 flex @max-xl:hidden",
  detector: "min-w-0 flex @max-5xl:hidden",
  assignee: "@max-xl:hidden",
  age: "text-right @max-2xl:hidden",
  due: "text-right",
};

export const HEAD_NAMES: Record<string, string> = { dot: "Detection", severity: "Severity", assignee: "Assignee" };

export const GRID =
  "grid items-center gap-1.5 px-[18px] grid-cols-[26px_14px_24px_minmax(0,1fr)_104px_136px_84px_24px_38px_84px] " +
  "@max-5xl:grid-cols-[26px_14px_24px_minmax(0,1fr)_92px_104px_24px_34px_82px] @max-2xl:grid-cols-[26px_14px_24px_minmax(0,1fr)_104px_24px_82px] @max-xl:grid-cols-[26px_14px_24px_minmax(0,1fr)_78px]";
