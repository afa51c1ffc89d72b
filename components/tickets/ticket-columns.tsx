"use client";
import type { ReactNode } from "react";
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

type Cell = { id: string; head: string; name?: string; lies: string; draw: (ticket: TicketRow) => ReactNode };

/** One line per column: its head, how it lies, when a narrow list leaves it out, and what it draws. */
export const COLUMNS: readonly Cell[] = [
  { id: "state", head: "State", lies: "min-w-0 flex", draw: (ticket) => <TicketBadge ticket={ticket} /> },
  { id: "severity", head: "", name: "Severity", lies: "flex", draw: ({ severity }) => <SeverityMark severity={severity} /> },
  { id: "title", head: "Ticket", lies: "min-w-0", draw: (ticket) => (
    <span className="flex min-w-0 items-center gap-2">
      <a data-act="open" tabIndex={-1} href={`tickets/${ticket.number}`} className="flex min-w-0 items-baseline gap-2 text-ink hover:underline"><span className="shrink-0 text-xs text-ink-3 tabular-nums">T-{ticket.number}</span><span className="truncate font-[490]" title={ticket.title}>{ticket.title}</span></a>
      <Proposal ticket={ticket} />
    </span>
  ) },
  { id: "findings", head: "Findings", lies: "min-w-0 flex @max-4xl:hidden", draw: (ticket) => <Findings ticket={ticket} /> },
  { id: "owner", head: "Assignee", lies: "min-w-0 flex @max-3xl:hidden", draw: (ticket) => <Owner ticket={ticket} /> },
  { id: "remediation", head: "Remediation", lies: "min-w-0 flex @max-xl:hidden", draw: ({ remediation, attempts }) => <RemediationSteps remediation={remediation} attempts={attempts} /> },
  { id: "tracker", head: "Tracker", lies: "min-w-0 flex @max-2xl:hidden", draw: (ticket) => <ExternalKey ticket={ticket} inGrid /> },
  { id: "next", head: "Next date", lies: "flex justify-end text-right @max-3xl:hidden", draw: (ticket) => <NextDate ticket={ticket} /> },
];

export const GRID =
  "grid items-center gap-3 px-[18px] grid-cols-[26px_92px_18px_minmax(0,1fr)_minmax(0,100px)_minmax(0,120px)_128px_minmax(0,140px)_108px] " +
  "@max-4xl:grid-cols-[26px_92px_18px_minmax(0,1.6fr)_minmax(0,110px)_136px_minmax(0,140px)_118px] @max-3xl:grid-cols-[26px_92px_18px_minmax(0,1fr)_136px_minmax(0,130px)] " +
  "@max-2xl:grid-cols-[26px_92px_18px_minmax(0,1fr)_136px] @max-xl:grid-cols-[26px_92px_18px_minmax(0,1fr)]";
