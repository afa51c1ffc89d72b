import { DEFAULT_SLA, type SlaWindow } from "@/lib/domain/sla/table";
import { DEFAULT_IMPORT_POLICY } from "@/lib/domain/scan/brake";
import { ROWS_KEPT } from "@/lib/domain/scan/preview";
import { SEVERITIES, SEVERITY_LABELS, type Severity } from "@/lib/domain/finding/words";
import { SeverityMark } from "@/components/finding/marks";
import { FILTER_TOPIC } from "./filter-topic";
import { ROUTES_TOPIC } from "./routes-topic";
import { TICKETS_TOPIC } from "./tickets-topic";
import { VIEWS_TOPIC } from "./views-topic";
import { WEBHOOKS_TOPIC } from "./webhooks-topic";
import type { Question } from "./questions";

const LEVELS = {
  critical: "Exploitable now, with a severe effect. Drop other work.",
  high: "Likely to be exploited, or severe when it is.",
  medium: "Needs conditions that an attacker may meet.",
  low: "Small effect, or hard to reach.",
  info: "Worth knowing; nothing is due.",
} as const satisfies Record<Severity, string>;

function hours(milliseconds: number | null): string {
  if (milliseconds === null) return "none";
  const count = milliseconds / 3_600_000;
  return count > 96 ? `${count / 24} days` : `${count} hours`;
}

function windowOf(severity: Severity): SlaWindow {
  return DEFAULT_SLA.windows[severity];
}

export const TOPICS: readonly Question[] = [
  {
    id: "two-axes",
    ask: "Two answers per finding",
    answer: (
      <>
        <p><b>Scanner status</b> answers: is it still detectable right now? It is computed from when it was first seen, last seen and last looked for. Nobody can set it. A filled amber dot means currently detected (New or Open), a hollow one not detected in the latest scan.</p>
        <p><b>Response</b> answers: what has the team decided? People set it, one decision at a time, each with its entry in the log. Neither answer ever overrides the other.</p>
      </>
    ),
  },
  {
    id: "severity",
    ask: "Severity: five levels, three layers",
    answer: (
      <>
        <table>
          <tbody>{SEVERITIES.map((severity) => <tr key={severity}><td><span className="flex items-center gap-2"><SeverityMark severity={severity} />{SEVERITY_LABELS[severity]}</span></td><td>{LEVELS[severity]}</td></tr>)}</tbody>
        </table>
        <p><b>Technical</b> is the scanner’s word, with its CVSS score. <b>Calibrated</b> is the team’s word: exposure, data and exploits taken into account, each change with its reason. Until somebody calibrates, it equals the technical one. The letter of a row, the clocks and tickets use it. <b>Effective</b> is calibrated, lowered by the decision: informational for what is resolved or a false positive, a band lower for an accepted risk. Queues sort by it first.</p>
      </>
    ),
  },
  FILTER_TOPIC,
  VIEWS_TOPIC,
  TICKETS_TOPIC,
  ROUTES_TOPIC,
  WEBHOOKS_TOPIC,
  {
    id: "clocks",
    ask: "Clocks and due dates",
    answer: (
      <>
        <table>
          <thead><tr><th>Calibrated severity</th><th>First response</th><th>Disposition</th></tr></thead>
          <tbody>{SEVERITIES.map((severity) => <tr key={severity}><td>{SEVERITY_LABELS[severity]}</td><td>{hours(windowOf(severity).acknowledge)}</td><td>{hours(windowOf(severity).resolve)}</td></tr>)}</tbody>
        </table>
        <p>These are the windows unless your environment set others. What is known to be exploited is due within {hours(DEFAULT_SLA.kevResolve)} at most. Clocks start at the import, and again when a finding regresses, is found again, or its acceptance expires. The first one stops at a person’s first decision or assignment; the second at the disposition, and it pauses while the risk is accepted or nothing is detected.</p>
      </>
    ),
  },
  {
    id: "scans",
    ask: "What a scan may change",
    answer: (
      <>
        <p>A scan changes the scanner’s axis of what it covered: the same detector, an asset in its scope, a check that it ran. What it covered and no longer sees becomes not detected. A partial, failed or cancelled scan closes nothing that it did not look at, and a report older than the newest one only fills in history.</p>
        <p>A report that is cut off, malformed or hostile is refused whole, with the line or path of the fault. Importing the same report twice changes nothing.</p>
      </>
    ),
  },
  {
    id: "preview",
    ask: "See first what a report would do",
    answer: (
      <>
        <p>“Show me first” reads a report to its end and changes nothing. The scan’s page then says what it would do: new, persisting, re-found, regressed, no longer seen, decisions preserved, and what the report itself suppresses, repeats or spoils. Each count opens its rows, each row with its reason and its place in the report. It also says when results name no asset, which assets would be new, and whether applying it will be held. <b>a</b> applies exactly what is shown; Discard leaves everything as it is.</p>
        <p>When a decision or another scan came in between, nothing is applied: the preview is made anew, and says what moved and through whom. Every preview can be read later, with up to {ROWS_KEPT.toLocaleString("en")} rows of each kind. “Apply at once” leaves the same record. While a report is read or worked out it can be cancelled, until it is written down.</p>
      </>
    ),
  },
  {
    id: "brake",
    ask: "Why a scan is held",
    answer: (
      <>
        <p>A report that lost half its content looks like a lot of fixed work. So a scan stops before it acts when more than {DEFAULT_IMPORT_POLICY.brakePercent} % and at least {DEFAULT_IMPORT_POLICY.brakeLeast} of the detected findings of one detector on one asset would become not detected, or at least {DEFAULT_IMPORT_POLICY.brakeLeast} because whole checks fell silent. Your environment may have set other numbers.</p>
        <p>A manager looks at the rows behind “no longer seen” and releases it with a note, or anybody who imports discards it. A manager’s own report is held as well, unless they tick “Do not hold it back” and say why.</p>
      </>
    ),
  },
  {
    id: "suggestions",
    ask: "What a vendor’s statement may change",
    answer: (
      <>
        <p>Nothing by itself. A VEX document (OpenVEX, CSAF, CycloneDX) says which product is affected by which vulnerability. Where vulnerability, package and version, or product, meet a finding, that finding shows under “Suggested” who states what, and when. <b>y</b> applies it as your own decision, under the same rules as any other; <b>Shift Y</b> ignores it. Both are in the log.</p>
        <p>The scan’s page applies or ignores all of one kind, and lists the statements that meet no finding. A newer statement takes the place of an older one that nobody answered.</p>
      </>
    ),
  },
  {
    id: "assets",
    ask: "Assets and their coverage",
    answer: (
      <>
        <p>An asset comes with the first report that names it, or is entered by hand or from a CSV; so what should be scanned and is not shows as well. Its exposure, data sensitivity, owner, team and decommission date are people’s words, and each change is in its history. The newest one can be taken back, for many at once or for one; what somebody changed since stays and is named. An import of a CSV is shown before it is applied; the export of the same inventory changes nothing when it comes back.</p>
        <p>Covered means that a full scan looked at it lately: 30 days unless you choose otherwise. “Live” counts what is detected and not closed by a decision. From its decommission date on, an asset is retired, and its findings may be closed as decommissioned.</p>
      </>
    ),
  },
  {
    id: "catalogues",
    ask: "KEV, EPSS and CVSS",
    answer: (
      <>
        <p>KEV lists what is known to be exploited, EPSS how likely that is within 30 days. Docket fetches neither by itself: an operator loads them from a file or an address (<code className="font-mono text-xs">npm run docket -- feeds load kev</code>), and the day of the edition stands beside what it says. A finding that enters KEV, or leaves it, has an entry in its timeline, and its clock follows.</p>
        <p>The CVSS score is the report’s. Docket computes it from the vector as well, and says so when the two differ.</p>
      </>
    ),
  },
  {
    id: "audit",
    ask: "What the log proves",
    answer: <p>Every decision is one entry: who, when, on which finding, what stood before and after, the reason and the note. A bulk action writes one for each finding. Entries cannot be changed or removed, not even in the database. Taking something back adds an entry that names what it revokes. Each entry carries a hash of its exact content. Numbers count through all environments, so a gap in the list of one is an entry of another.</p>,
  },
];

export const GLOSSARY = [
  ["Acceptance", "A decision, limited in time, to live with a finding: who asked, why, until when."],
  ["Asset", "A host, application, repository, container or cloud account in an environment."],
  ["Bookmark", "A star that you give a finding for yourself; nobody else sees it."],
  ["Brake", "What holds a scan that would make too much vanish, until a manager releases it."],
  ["Clock", "Counts down to the first response, and to the disposition; how long depends on the calibrated severity."],
  ["Detection", "Whether the latest scan that covers a finding still sees it: the dot beside the title, filled or hollow."],
  ["Detector", "The tool, or tool and rule pack, that observes findings. Two detectors never close each other’s findings."],
  ["Disposition", "The team’s recorded position on a finding, with its reason."],
  ["Environment", "What is kept apart: its findings, people, roles and policy. Nothing crosses over."],
  ["EPSS", "The estimated probability that a vulnerability is exploited within 30 days."],
  ["Evidence", "What proves a fix: a scanner re-run, a manual retest, a commit, an attestation with a named approver."],
  ["Finding", "One weakness on one asset as one detector sees it, recognised again from scan to scan."],
  ["Governance status", "The decision in full detail: open, in progress, false positive, accepted risk, resolved, reopened. The response is its short form."],
  ["KEV", "Known exploited vulnerability: attacks have been seen."],
  ["Observation", "What the scanner sent about a finding. Shown as text, never run."],
  ["Preview", "What a scan would do, row by row, before it does it."],
  ["Re-found", "Was not detected, and is again."],
  ["Re-review", "A flag: somebody should look again, and why."],
  ["Regressed", "Was resolved, then seen by a later scan, and reopened by the system."],
  ["Remediation", "How far a fix is: open, in progress, resolved, verified; reopened when it did not hold."],
  ["Response", "What the team has decided: Needs Review, Investigating, Accepted Risk or Closed. People set it; no scan does."],
  ["Rule", "The detector’s check that fired."],
  ["Scan", "One observation by one detector of a declared scope, at a time."],
  ["Scanner status", "Whether it is still detectable: New, Open or Closed. Computed from when it was first seen, last seen and last looked for; nobody sets it."],
  ["Severity", "How bad it is: critical, high, medium, low or informational; by the scanner’s word, the team’s, and after the decision."],
  ["Statement", "What a vendor or a team says about a vulnerability in a product (VEX). It suggests, and never decides."],
  ["Status", "Never one word alone: a finding has a scanner status and a response, and neither overrides the other."],
  ["Ticket", "The work on findings: who fixes them, until when. It decides nothing about them."],
] as const;
