"use client";
import Link from "next/link";
import { Ellipsis } from "lucide-react";
import { DetectionDot, SeverityMark } from "@/components/finding/marks";
import { Section } from "@/components/finding/section";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { CutName } from "@/components/ui/cut-name";
import { Menu, type MenuItem } from "@/components/ui/menu";
import { Moment } from "@/components/ui/moment";
import { DETECTION_LABELS, GOVERNANCE_LABELS, VERIFICATION_LABELS } from "@/lib/domain/finding/words";
import type { TicketFindingView } from "@/lib/domain/views/tickets";
import { aimsFrom } from "./finding-aims";
import { RemediationSteps } from "./ticket-marks";
import type { TicketDoing } from "./use-ticket";

/** What a person can do about one finding of the ticket: how far its fix is, and its retest. */
function itemsOf(finding: TicketFindingView, doing: TicketDoing): MenuItem[] {
  const { actions, environment, ticket, run, open, mayWrite, mayRetest } = doing;
  const { moveRemediation, requestRetests, settleRetest, cancelRetest } = actions;
  const asked = finding.retest?.status === "requested";
  return [
    ...(moveRemediation && mayWrite && ticket.state === "open" ? aimsFrom(finding.remediation).map(({ to, label }) => ({ key: to, label, onSelect: () => void run(() => moveRemediation({ environment, ticket: ticket.number, findings: [finding.number], to })) })) : []),
    ...(mayWrite && ticket.state === "open" && ticket.linked.length > 1 ? [{ key: "unlink", label: "Take off this ticket…", onSelect: () => open("unlink", finding.number) }] : []),
    ...(requestRetests && mayRetest && !asked ? [{ key: "retest", label: "Ask for a retest…", onSelect: () => open("retest", finding.number) }] : []),
    ...(settleRetest && mayRetest && asked ? [{ key: "settle", label: "Record the retest’s result…", onSelect: () => open("settle", finding.number) }] : []),
    ...(cancelRetest && mayRetest && asked ? [{ key: "cancel", label: "Call the retest off…", onSelect: () => open("cancel", finding.number) }] : []),
  ];
}

/** The retest in words: asked for, passed, failed; or when one falls due. */
function Retest({ finding, maxAttempts }: { finding: TicketFindingView; maxAttempts: number }) {
  const { retest, retestAt, autoRetest, attempts, escalatedAt } = finding;
  return (
    <>
      {retest?.status === "requested" ? <span>Retest asked for by {retest.requestedBy}, due <Moment at={retest.dueAt} /></span> : null}
      {retest?.status === "passed" ? <span>Retest passed{retest.settledBy ? `, ${retest.settledBy}` : ""}{retest.scan ? `, scan ${retest.scan}` : ""}</span> : null}
      {retest?.status === "failed" ? <span className="text-high">Retest failed{retest.settledBy ? `, ${retest.settledBy}` : ""}</span> : null}
      {retest?.status !== "requested" && retestAt !== null ? <span>{autoRetest ? <>The next scan from <Moment at={retestAt} look="day" /> on decides</> : <>Retest due <Moment at={retestAt} /></>}</span> : null}
      {attempts > 0 ? <span className={attempts >= maxAttempts ? "text-critical" : undefined}>{attempts} of {maxAttempts} attempts failed</span> : null}
      {escalatedAt === null ? null : <span className="text-critical">With the security team since <Moment at={escalatedAt} look="day" /></span>}
    </>
  );
}

function One({ finding, doing }: { finding: TicketFindingView; doing: TicketDoing }) {
  const items = itemsOf(finding, doing);
  return (
    <li className="flex items-start gap-2.5 border-b border-line py-2 last:border-b-0">
      <span className="mt-0.5"><SeverityMark severity={finding.severity} /></span>
      <div className="min-w-0 flex-1">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <Link href={`/e/${doing.environment}/findings/${finding.number}`} prefetch={false} className="min-w-0 font-[490] break-words hover:underline"><span className="text-xs text-ink-3">F-{finding.number}</span> {finding.title}</Link>
          <CutName name={finding.asset} className="max-w-56 text-xs text-ink-3" />
        </span>
        <span className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-3">
          <span className="inline-flex items-center gap-1.5"><span aria-hidden className="contents"><DetectionDot status={finding.scanner} /></span>{DETECTION_LABELS[finding.scanner]}</span>
          <span>Governance {GOVERNANCE_LABELS[finding.governance].toLowerCase()}{finding.acknowledgedAt ? <>, since <Moment at={finding.acknowledgedAt} look="day" /></> : ""}</span>
          {finding.verification === "none" ? null : <Badge tone={finding.verification === "verified" || finding.verification === "attested" ? "good" : finding.verification === "failed" ? "high" : "neutral"}>{VERIFICATION_LABELS[finding.verification]}</Badge>}
          <span className="sm:hidden"><RemediationSteps remediation={finding.remediation} attempts={finding.attempts} /></span>
          <Retest finding={finding} maxAttempts={doing.maxAttempts} />
        </span>
      </div>
      <span className="mt-0.5 shrink-0 max-sm:hidden"><RemediationSteps remediation={finding.remediation} attempts={finding.attempts} /></span>
      {items.length > 0 ? <Menu label={`Deeds on F-${finding.number}`} align="end" width={240} items={items} trigger={(wires) => <button {...wires} type="button" aria-label={`More on F-${finding.number}`} title="More" className={buttonClass("quiet", "xs", "px-1.5!")}><Ellipsis size={13} aria-hidden /></button>} /> : null}
    </li>
  );
}

/** The findings that it is about, each with both of its axes and how far its fix is; those that were parted from it stay named. */
export function TicketFindings({ doing }: { doing: TicketDoing }) {
  const { linked, unlinked } = doing.ticket;
  return (
    <Section title="Findings" aside={`${linked.length}`}>
      {linked.length === 0 ? <p className="text-ink-3">None: they were moved to another ticket.</p> : <ul>{linked.map((finding) => <One key={finding.number} finding={finding} doing={doing} />)}</ul>}
      {unlinked.length > 0 ? (
        <details className="mt-1 text-xs text-ink-3">
          <summary className="cursor-pointer">Parted from it: {unlinked.length}</summary>
          <ul className="mt-1">{unlinked.map((each) => <li key={`${each.number} ${each.at}`} className="truncate"><Link href={`/e/${doing.environment}/findings/${each.number}`} prefetch={false} className="text-accent underline">F-{each.number}</Link> {each.title}, <Moment at={each.at} look="day" /></li>)}</ul>
        </details>
      ) : null}
    </Section>
  );
}
