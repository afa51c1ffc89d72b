"use client";
import { Moment } from "@/components/ui/moment";
import Link from "next/link";
import type { ReactNode } from "react";
import { isClaimed } from "@/lib/domain/finding/is-claimed";
import { LEGACY_CODES } from "@/lib/domain/finding/legacy-code";
import { responseTag } from "@/lib/domain/finding/response-tag";
import { CLOSE_REASON_LABELS, RESPONSE_LABELS, VERIFICATION_LABELS } from "@/lib/domain/finding/words";
import type { SlaState } from "@/lib/domain/views/alerts";
import type { FindingDetail } from "@/lib/domain/views/finding";
import { Fact, Facts, Section } from "./section";

const CLOCK_STATES = { none: "No clock runs", due: "Running", warning: "Three quarters used", overdue: "Overdue", paused: "Paused", met: "Met", late: "Met late" } as const satisfies Record<SlaState, string>;

/** The report's score and the vector's own, when they are not the same. */
function Score({ cvss }: { cvss: NonNullable<FindingDetail["cvss"]> }) {
  const { score, computed, version, vector } = cvss;
  const differs = score !== null && computed !== null && Math.abs(score - computed) >= 0.05;
  return (
    <>
      {(score ?? computed)?.toFixed(1) ?? "—"} {version === "" ? null : <span className="text-ink-3">v{version}</span>}
      {differs ? <span className="block text-high">The report says {score.toFixed(1)}; its vector gives {computed.toFixed(1)}.</span> : null}
      {vector ? <span className="block font-mono text-2xs break-all text-ink-3">{vector}</span> : null}
    </>
  );
}

function Identifiers({ finding }: { finding: FindingDetail }) {
  const { cwe, cve, ghsa, cvss } = finding;
  return (
    <>
      {cve.length > 0 ? <Fact name="CVE"><span className="break-words">{cve.join(", ")}</span></Fact> : null}
      {cwe.length > 0 ? <Fact name="CWE">{cwe.map((each) => `CWE-${each}`).join(", ")}</Fact> : null}
      {ghsa.length > 0 ? <Fact name="Advisory"><span className="break-words">{ghsa.join(", ")}</span></Fact> : null}
      {cvss ? <Fact name="CVSS"><Score cvss={cvss} /></Fact> : null}
    </>
  );
}

function Clocks({ finding, environment }: { finding: FindingDetail; environment: number }) {
  const { sla } = finding;
  return (
    <>
      <Fact name="Clocks">{CLOCK_STATES[sla.state]} · <Link href={`/e/${environment}/help#clocks`} className="underline hover:text-ink">windows</Link></Fact>
      {sla.acknowledgeBy ? <Fact name="Respond by"><Moment at={sla.acknowledgeBy} look="minute" />{sla.acknowledged ? ", done" : ""}</Fact> : null}
      {sla.resolveBy ? <Fact name="Resolve by"><Moment at={sla.resolveBy} look="minute" /></Fact> : null}
    </>
  );
}

function Decision({ finding, environment }: { finding: FindingDetail; environment: number }) {
  return (
    <>
      {finding.acceptance ? <Fact name="Accepted"><span>by {finding.acceptance.by}{finding.acceptance.approver ? `, approved by ${finding.acceptance.approver},` : ""} until <Moment at={finding.acceptance.until} look="day" /></span>{finding.acceptance.justification ? <q className="mt-0.5 block border-l-2 border-line-strong pl-2 [quotes:none]">{finding.acceptance.justification}</q> : null}</Fact> : null}
      {finding.duplicateOf ? <Fact name="Duplicate of"><Link className="text-accent hover:underline" href={`/e/${environment}/findings/${finding.duplicateOf}`}>F-{finding.duplicateOf}</Link></Fact> : null}
      {finding.carriedFrom ? <Fact name="Known before"><Link className="text-accent underline" href={`/e/${environment}/findings/${finding.carriedFrom}`}>F-{finding.carriedFrom}</Link> <span className="text-ink-3">{finding.response === "needs_review" ? "what was decided there was carried over once; the timeline tells what became of it" : "its decision was carried over to this one"}</span></Fact> : null}
      {finding.carriedTo.length > 0 ? <Fact name="Known since as">{finding.carriedTo.map((number) => <Link key={number} className="mr-2 text-accent hover:underline" href={`/e/${environment}/findings/${number}`}>F-{number}</Link>)}<span className="text-ink-3">the decision of this one was carried over</span></Fact> : null}
      {finding.followUpOn ? <Fact name={finding.closeReason === "vendor_notified" ? "Follow up" : "Review"}><Moment at={finding.followUpOn} look="day" /></Fact> : null}
      {finding.verification === "none" ? null : <Fact name="Verification">{VERIFICATION_LABELS[finding.verification]}{isClaimed(finding) ? <span className="block text-ink-3">said to be {CLOSE_REASON_LABELS[finding.closeReason ?? "patched"].toLowerCase()}; the next scan that covers it closes it, or says that the fix failed</span> : null}</Fact>}
    </>
  );
}

/** The code of an older system that it came with: what it was read as, or that nobody here knows it. */
function OldCode({ code }: { code: string }) {
  const known = LEGACY_CODES.get(code.trim());
  return <Fact name="Old status code">{code} <span className="text-ink-3">{known === undefined ? `nobody here knows it: the finding came to ${RESPONSE_LABELS.needs_review}` : `read as ${RESPONSE_LABELS[known]} when the finding came`}</span></Fact>;
}

/** Where it is, which check found it, when it was seen, and what runs. */
export function FactsSection({ finding, environment, onTag }: { finding: FindingDetail; environment: number; onTag: (() => void) | null }) {
  const own = responseTag(finding.response);
  const tags: ReactNode = finding.tags.length > 0 ? finding.tags.join(", ") : own === null ? <span className="text-ink-3">none</span> : null;
  return (
    <Section title="Facts">
      <Facts>
        <Fact name="Asset"><Link className="hover:text-ink hover:underline" href={`/e/${environment}/alerts?tab=all&asset=${encodeURIComponent(finding.asset)}`}>{finding.asset}</Link></Fact>
        <Fact name="Location"><span className="font-mono text-[11.5px] break-all">{finding.location || "—"}</span></Fact>
        <Fact name="Rule">{finding.ruleName ? `${finding.ruleName} ` : ""}<span className="block font-mono text-[11.5px] wrap-anywhere text-ink-3">{finding.detector}: {finding.rule}</span></Fact>
        <Identifiers finding={finding} />
        <Fact name="First seen"><Moment at={finding.addedOn} look="minute" />{finding.toolFirstSeen ? <span className="block text-ink-3">by the tool itself <Moment at={finding.toolFirstSeen} look="minute" /></span> : null}</Fact>
        <Fact name="Last seen">{finding.lastSeenOn ? <Moment at={finding.lastSeenOn} look="minute" /> : "—"}</Fact>
        <Fact name="Last scanned">{finding.lastScanned ? <Moment at={finding.lastScanned} look="minute" /> : "no covering scan yet"} · <Link href={`/e/${environment}/help#still-here`} className="underline hover:text-ink">fixed, still here?</Link></Fact>
        {finding.legacyCode === null ? null : <OldCode code={finding.legacyCode} />}
        <Clocks finding={finding} environment={environment} />
        <Decision finding={finding} environment={environment} />
        <Fact name="Tags"><span className="break-words">{tags}{own === null ? null : <span className="text-ink-3" title="Follows the response by itself">{finding.tags.length > 0 ? ", " : ""}{own}</span>}</span>{onTag ? <button type="button" onClick={onTag} className="ml-2 text-accent hover:underline">Change…</button> : null}</Fact>
      </Facts>
    </Section>
  );
}
