"use client";
import { Due } from "@/components/finding/due";
import { DetectionDot, SeverityMark, SeverityWord } from "@/components/finding/marks";
import { ResponseBadge } from "@/components/finding/response-badge";
import { StateBadge } from "@/components/finding/state-badge";
import { InModule } from "@/components/module/module-context";
import { RESPONSES, SCANNER_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";
import { MODULE_STATES } from "@/lib/domain/module/table";
import type { FindingRow, SlaView } from "@/lib/domain/views/alerts";
import { Part } from "./part";

const ROW: FindingRow = {
  number: 42, version: 3, title: "SQL injection in /login", asset: "api.acme.test", detector: "zap", rule: "40018", location: "/login", category: null, component: null, port: 443, cve: [], cwe: [89],
  score: 9.8, epss: null, severity: { technical: "high", calibrated: "critical", effective: "critical" }, scannerStatus: "open", governance: "open", response: "needs_review", closeReason: null,
  verification: "none", regressed: false, kev: true, isNew: false, assignee: null, tags: [], stateModule: null, moduleState: null, route: null, addedOn: "2026-11-19T09:30:00.000Z", lastSeenOn: null, decidedOn: null,
  sla: { state: "due", acknowledgeBy: null, acknowledged: false, resolveBy: null, next: null }, acceptedUntil: null, followUpOn: null, reReview: null, duplicateOf: null, requested: null,
};

const clock = (due: string, usedShare: number): SlaView => ({ ...ROW.sla, next: { clock: "resolve", due, usedShare } });

const CLOCKS: readonly (readonly [name: string, row: FindingRow])[] = [
  ["much time", { ...ROW, sla: clock("2026-11-25T09:30:00.000Z", 0.2) }], ["soon", { ...ROW, sla: clock("2026-11-21T18:30:00.000Z", 0.9) }], ["over", { ...ROW, sla: clock("2026-11-20T09:30:00.000Z", 1) }],
  ["paused", { ...ROW, sla: { ...ROW.sla, state: "paused" } }], ["accepted", { ...ROW, acceptedUntil: "2027-02-01T00:00:00.000Z" }], ["none", { ...ROW, response: "closed", sla: { ...ROW.sla, state: "none" } }],
];

/** The badges of the domain: both axes, severities, clocks, and what a module says. */
export function DomainParts() {
  return (
    <>
      <Part name="DetectionDot">{SCANNER_STATUSES.map((status) => <span key={status} className="inline-flex items-center gap-1.5"><DetectionDot status={status} />{status}</span>)}</Part>
      <Part name="SeverityMark, SeverityWord">{SEVERITIES.map((severity) => <span key={severity} className="inline-flex items-center gap-1.5"><SeverityMark severity={severity} /><SeverityWord severity={severity} /></span>)}</Part>
      <Part name="ResponseBadge">{RESPONSES.map((response) => <ResponseBadge key={response} response={response} />)}<InModule name="web"><ResponseBadge response="accepted_risk" /></InModule></Part>
      <Part name="StateBadge">{MODULE_STATES.map((moduleState) => <StateBadge key={moduleState} row={{ moduleState }} />)}</Part>
      <Part name="Due">{CLOCKS.map(([name, row]) => <span key={name} className="inline-flex items-center gap-2 rounded border border-line px-2 py-1"><span className="text-ink-3">{name}</span><Due row={row} /></span>)}</Part>
    </>
  );
}
