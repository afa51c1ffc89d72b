"use client";
import { clsx } from "clsx";
import type { CSSProperties, ReactNode } from "react";
import { DetectionDot, SeverityMark } from "@/components/finding/marks";
import { StateBadge } from "@/components/finding/state-badge";
import { Badge } from "@/components/ui/badge";
import { COLUMNS, type ColumnId, type Density, type Layout } from "@/lib/domain/desk/layout";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { CELL } from "./column-cells";
import { RowNews } from "./row-news";
import { RowStar } from "./row-star";

declare module "react" {
  interface CSSProperties {
    [name: `--${string}`]: string | undefined;
  }
}

/** One column of the queue: what a row says there. Plain, so that a hundred thousand loaded rows cost nothing but those in view. */
export type QueueColumn = { id: string; header: string; className: string; cell: (row: FindingRow) => ReactNode };

/** What a row says besides its title, most urgent first; at most two, the rest is in the drawer. */
function flags(row: FindingRow) {
  return [
    row.kev ? { key: "kev", tone: "critical" as const, text: "KEV", title: "Known to be exploited" } : null,
    row.regressed ? { key: "regressed", tone: "high" as const, text: "Regressed", title: "Seen again after it was resolved" } : null,
    row.requested ? { key: "requested", tone: "accent" as const, text: "Requested", title: `Acceptance requested by ${row.requested.by}: it waits for an approver` } : null,
    row.reReview ? { key: "review", tone: "medium" as const, text: "Re-review", title: row.reReview } : null,
    row.response === "closed" && row.scannerStatus !== "closed" ? { key: "live", tone: "high" as const, text: "Live", title: "Dispositioned, yet still detected" } : null,
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

/** How wide a column is in a list of each width, from wide to narrow, in pixels; left out from where it has no number. */
type Widths = readonly [wide: number, medium?: number, small?: number, narrow?: number];

const WIDTHS: Record<ColumnId, Widths> = {
  number: [58, 54], response: [104, 92, 104], governance: [112, 100], reason: [116], verification: [84], location: [180, 130], component: [130], category: [120], asset: [136, 104, 104], port: [46, 46],
  detector: [84], rule: [130, 100], cve: [126, 126], cwe: [62], cvss: [40, 40], epss: [46, 46], technical: [64], effective: [64], tags: [120, 90], assignee: [24, 24, 24],
  age: [38, 34], seen: [58, 50], decided: [54], expires: [84], sla: [60, 60], due: [84, 82, 82, 78],
};
const RIGHT: readonly ColumnId[] = ["port", "cvss", "epss", "age", "seen", "decided", "due"];
const HIDDEN = ["", "@max-5xl:hidden", "@max-2xl:hidden", "@max-xl:hidden", ""] as const;
/** A small list has no room for what a wide one shows, but for these. */
const SMALL: readonly ColumnId[] = ["asset", "assignee", "due"];

function widthsOf(id: ColumnId, columns: Layout["columns"]): Widths {
  const [wide, medium, small, narrow] = WIDTHS[id];
  // The response gives way to the asset where there is little room.
  const stays = small !== undefined && (SMALL.includes(id) || !columns.some((each) => SMALL.includes(each)));
  return stays && medium !== undefined ? (narrow === undefined ? [wide, medium, small] : [wide, medium, small, narrow]) : medium === undefined ? [wide] : [wide, medium];
}

/** The columns of a layout: what stands first in any, then what was chosen. */
export function columnsOf(chosen: Layout["columns"]): readonly QueueColumn[] {
  return [
    { id: "dot", header: "", className: "", cell: (row) => <DetectionDot status={row.scannerStatus} /> },
    { id: "severity", header: "", className: "", cell: (row) => <SeverityMark severity={row.severity.calibrated} /> },
    { id: "title", header: "Finding", className: "min-w-0", cell: (row) => <Title row={row} columns={chosen} /> },
    ...chosen.map((id): QueueColumn => ({
      id, header: id === "assignee" ? "" : COLUMNS[id], cell: CELL[id],
      className: clsx("flex min-w-0", RIGHT.includes(id) && "justify-end text-right", HIDDEN[widthsOf(id, chosen).length]),
    })),
  ];
}

export const HEAD_NAMES: Record<string, string> = { dot: "Detection", severity: "Severity", assignee: "Assignee" };

const ROWS = { comfortable: 36, compact: 28 } as const satisfies Record<Density, number>;

/** The height of a row in pixels. */
export function rowHeight(density: Density): number {
  return ROWS[density];
}

const TITLE = 200;
const GAP = 6;
const AROUND = 26 + 14 + 24 + 2 * 18;

/** What rows and head take their columns from: one template for each width of the list, worked out once and never measured. */
export function gridStyle({ columns, density }: Layout): CSSProperties {
  const templates = [0, 1, 2, 3].map((level) => columns.flatMap((id) => widthsOf(id, columns)[level] ?? []));
  const grid = (level: number) => `26px 14px 24px minmax(0,1fr) ${(templates[level] ?? []).map((width) => `${width}px`).join(" ")}`;
  const least = (level: number) => `${(templates[level] ?? []).reduce((sum, width) => sum + width + GAP, AROUND + TITLE + 4 * GAP)}px`;
  return { "--row": `${rowHeight(density)}px`, "--g0": grid(0), "--g1": grid(1), "--g2": grid(2), "--g3": grid(3), "--least0": least(0), "--least1": least(1) };
}

export const GRID =
  "grid items-center gap-1.5 px-[18px] grid-cols-[var(--g0)] @max-5xl:grid-cols-[var(--g1)] @max-2xl:grid-cols-[var(--g2)] @max-xl:grid-cols-[var(--g3)]";
/** A list with more columns than fit is wider than its frame, and scrolls sideways. */
export const WIDE_ENOUGH = "min-w-[var(--least0)] @max-5xl:min-w-[var(--least1)] @max-2xl:min-w-0";
