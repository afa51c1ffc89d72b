"use client";
import { createColumnHelper, tableFeatures } from "@tanstack/react-table";
import { SeverityMark } from "@/components/finding/marks";
import type { TicketRow } from "@/lib/domain/views/tickets";
import { ExternalKey, NextDate, RemediationSteps, TicketBadge } from "./ticket-marks";

const SHOWN = 2;

/** The first findings by number; how many more there are stands beside them. */
function Findings({ ticket: { findings, findingCount } }: { ticket: TicketRow }) {
  const more = findingCount - Math.min(findings.length, SHOWN);
  return <span className="truncate text-xs text-ink-2" title={findings.map((number) => `F-${number}`).join(", ")}>{findings.slice(0, SHOWN).map((number) => `F-${number}`).join(", ")}{more > 0 ? <span className="text-ink-3"> +{more}</span> : null}</span>;
}

function Owner({ ticket: { assignee, team } }: { ticket: TicketRow }) {
  if (assignee === null && team === null) return <span className="text-xs text-ink-3">Nobody</span>;
  return <span className="truncate text-xs text-ink-2" title={[assignee, team].filter(Boolean).join(", ")}>{assignee ?? team}{assignee && team ? <span className="text-ink-3"> {team}</span> : null}</span>;
}

/** Beside the title: what somebody has to look at before anything else. */
function Proposal({ ticket: { proposal } }: { ticket: TicketRow }) {
  return proposal === null ? null : <span title={proposal} className="shrink-0 rounded bg-high-soft px-1.5 text-2xs text-high">reopen?</span>;
}

export const features = tableFeatures({});
const column = createColumnHelper<typeof features, TicketRow>();

/** The columns in their order; a head without words has a name for screen readers in NAMES. */
export const columns = column.columns([
  column.accessor("state", { id: "state", header: "State", cell: ({ row }) => <TicketBadge ticket={row.original} /> }),
  column.accessor("severity", { id: "severity", header: "", cell: ({ row }) => <SeverityMark severity={row.original.severity} /> }),
  column.accessor("title", {
    id: "title", header: "Ticket",
    cell: ({ row: { original: ticket } }) => (
      <span className="flex min-w-0 items-center gap-2">
        <a data-act="open" tabIndex={-1} href={`tickets/${ticket.number}`} className="flex min-w-0 items-baseline gap-2 text-ink hover:underline"><span className="shrink-0 text-xs text-ink-3 tabular-nums">T-{ticket.number}</span><span className="truncate font-[490] @max-md:line-clamp-2 @max-md:whitespace-normal" title={ticket.title}>{ticket.title}</span></a>
        <Proposal ticket={ticket} />
      </span>
    ),
  }),
  column.accessor("findingCount", { id: "findings", header: "Findings", cell: ({ row }) => <Findings ticket={row.original} /> }),
  column.accessor("assignee", { id: "owner", header: "Assignee", cell: ({ row }) => <Owner ticket={row.original} /> }),
  column.accessor("remediation", { id: "remediation", header: "Remediation", cell: ({ row }) => <RemediationSteps remediation={row.original.remediation} attempts={row.original.attempts} /> }),
  column.accessor("sync", { id: "tracker", header: "Tracker", cell: ({ row }) => <ExternalKey ticket={row.original} inGrid /> }),
  column.accessor("dueOn", { id: "next", header: "Next date", cell: ({ row }) => <NextDate ticket={row.original} /> }),
]);

export const NAMES: Readonly<Record<string, string>> = { severity: "Severity" };

/** How the cells of a column lie, and when a narrow list leaves them out. */
export const LIES: Readonly<Record<string, string>> = {
  state: "min-w-0 flex", severity: "flex", title: "min-w-0", findings: "min-w-0 flex @max-4xl:hidden", owner: "min-w-0 flex @max-3xl:hidden", remediation: "min-w-0 flex @max-xl:hidden",
  tracker: "min-w-0 flex @max-2xl:hidden", next: "flex justify-end text-right @max-3xl:hidden",
};

export const GRID =
  "grid items-center gap-3 px-[18px] grid-cols-[26px_92px_18px_minmax(0,1fr)_minmax(0,100px)_minmax(0,120px)_140px_minmax(0,140px)_108px] " +
  "@max-4xl:grid-cols-[26px_92px_18px_minmax(0,1.6fr)_minmax(0,110px)_144px_minmax(0,140px)_118px] @max-3xl:grid-cols-[26px_92px_18px_minmax(0,1fr)_144px_minmax(0,130px)] " +
  "@max-2xl:grid-cols-[26px_92px_18px_minmax(0,1fr)_144px] @max-xl:grid-cols-[26px_92px_18px_minmax(0,1fr)] @max-md:grid-cols-[26px_64px_18px_minmax(0,1fr)] @max-md:gap-2 @max-md:px-3";

/** The same for whoever ticks nothing. */
export const READING_GRID =
  "grid items-center gap-3 px-[18px] grid-cols-[92px_18px_minmax(0,1fr)_minmax(0,100px)_minmax(0,120px)_140px_minmax(0,140px)_108px] " +
  "@max-4xl:grid-cols-[92px_18px_minmax(0,1.6fr)_minmax(0,110px)_144px_minmax(0,140px)_118px] @max-3xl:grid-cols-[92px_18px_minmax(0,1fr)_144px_minmax(0,130px)] " +
  "@max-2xl:grid-cols-[92px_18px_minmax(0,1fr)_144px] @max-xl:grid-cols-[92px_18px_minmax(0,1fr)] @max-md:grid-cols-[64px_18px_minmax(0,1fr)] @max-md:gap-2 @max-md:px-3";
