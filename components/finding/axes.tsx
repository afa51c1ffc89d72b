"use client";
import Link from "next/link";
import { useModuleWords } from "@/components/module/module-context";
import { Moment } from "@/components/ui/moment";
import { useClock } from "@/components/ui/clock";
import { CLOSE_REASON_LABELS, DETECTION_LABELS, GOVERNANCE_LABELS, ROUTE_LABELS, type ScannerStatus } from "@/lib/domain/finding/words";
import { ROUTE_MEANS } from "@/lib/domain/route/means";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { dueWords } from "./due";
import { DetectionDot } from "./marks";
import { StateBadge, stateWords } from "./state-badge";

/** The scanner's word with its axis beside it: "open" and "closed" are words of the other one too. */
const SCANNER_WORDS = { new: "Scanner status new", open: "Scanner status open", closed: "Scanner status closed" } as const satisfies Record<ScannerStatus, string>;

function ScannerAxis({ row }: { row: FindingRow }) {
  const seen = row.lastSeenOn ? <>seen <Moment at={row.lastSeenOn} /></> : "never seen since";
  return (
    <div className="rounded-[9px] border border-line px-2.5 py-2">
      <span className="mb-0.5 block text-2xs text-ink-3">Scanner</span>
      <b className="flex items-center gap-[7px] font-medium"><span aria-hidden className="contents"><DetectionDot status={row.scannerStatus} /></span>{DETECTION_LABELS[row.scannerStatus]}</b>
      <span className="text-2xs text-ink-3">{SCANNER_WORDS[row.scannerStatus]} · {seen}, {row.detector}</span>
    </div>
  );
}

function decisionDetail(row: FindingRow): string {
  const status = `Governance ${GOVERNANCE_LABELS[row.governance].toLowerCase()}`;
  const detail = row.closeReason ? `${status}: ${CLOSE_REASON_LABELS[row.closeReason].toLowerCase()}` : status;
  return row.assignee ? `${detail} · ${row.assignee.name}` : `${detail} · unassigned`;
}

function ResponseAxis({ row, environment }: { row: FindingRow; environment: number }) {
  const { now } = useClock();
  const words = useModuleWords();
  const state = stateWords(row);
  const due = dueWords(row.sla, now);
  return (
    <div className="rounded-[9px] border border-line px-2.5 py-2">
      <span className="mb-0.5 flex justify-between text-2xs text-ink-3">Response<Link href={`/e/${environment}/help#two-axes`} className="hover:text-ink hover:underline">Why two?</Link></span>
      <b className="block font-medium">{row.response === "closed" ? "Closed by people" : words.response(row.response)}</b>
      <span className="block text-2xs break-words text-ink-3">{decisionDetail(row)}</span>
      {due ? <span className={`block text-2xs ${due.isOver ? "text-critical" : "text-ink-3"}`}>{due.long}</span> : null}
      {state ? <span className="mt-1 flex min-w-0 items-center gap-1.5 text-2xs text-ink-3" title={state.means}>{state.label} <StateBadge row={row} />{row.moduleState === null ? state.value : null}</span> : null}
      {row.route ? <span className="block text-2xs text-ink-3" title={ROUTE_MEANS[row.route]}>Route: {ROUTE_LABELS[row.route].toLowerCase()}</span> : null}
      {row.acceptedUntil ? <span className="block text-2xs text-ink-3">Accepted until <Moment at={row.acceptedUntil} look="day" /></span> : null}
    </div>
  );
}

/** Is it still there, and what did we decide: the two answers side by side, never one for the other. */
export function Axes({ row, environment }: { row: FindingRow; environment: number }) {
  return <div className="grid grid-cols-2 gap-2"><ScannerAxis row={row} /><ResponseAxis row={row} environment={environment} /></div>;
}
