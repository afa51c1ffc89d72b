"use client";
import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import type { FindingDetail } from "@/lib/domain/views/finding";
import type { Severity } from "@/lib/domain/finding/words";
import { SeverityWord } from "./marks";
import { Section } from "./section";

function Layer({ name, title, severity, suffix }: { name: string; title: string; severity: Severity; suffix?: string }) {
  return <div title={title} className="min-w-0 flex-1 rounded-[7px] bg-ground px-2 py-[5px] text-2xs text-ink-3">{name}<div className="truncate text-xs"><SeverityWord severity={severity} suffix={suffix} /></div></div>;
}

/** The probability of exploitation within 30 days, with the day that it is of: an old one says little. */
function Prediction({ finding: { epss, catalogues } }: { finding: FindingDetail }) {
  return (
    <div title="Probability of exploitation within 30 days" className="min-w-0 flex-1 rounded-[7px] bg-ground px-2 py-[5px] text-2xs text-ink-3">
      EPSS
      <div className="text-xs font-medium text-ink">{epss === null ? <span title={catalogues.epss ? "It names no CVE that is scored" : "No scores are loaded"}>—</span> : epss.toFixed(2)}</div>
    </div>
  );
}

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/;

/** A line whose instants are written as everywhere else, in the reader's zone. */
function Line({ text }: { text: string }) {
  return text.split(INSTANT).map((part, index) => (INSTANT.test(part) ? <Moment key={index} at={part} look="minute" /> : part));
}

/** Why it stands in this tab, and the three severities with what each means. */
export function WhySection({ finding, environment, onCalibrate }: { finding: FindingDetail; environment: number; onCalibrate: (() => void) | null }) {
  const score = finding.cvss?.score;
  return (
    <Section title="Why it is here" aside={<Link href={`/e/${environment}/help#why-here`} className="hover:text-ink hover:underline">explain</Link>}>
      <ul className="space-y-0.5 text-ink-2">
        {finding.regressed ? <li><b className="font-medium text-ink">Seen again after it was resolved.</b> <Link href={`/e/${environment}/help#came-back`} className="text-accent underline">Is that a bug?</Link></li> : null}
        {finding.kev ? <li><b className="font-medium text-ink">Known to be exploited.</b>{finding.catalogues.kev ? <> KEV catalogue of <Moment at={finding.catalogues.kev} look="day" />.</> : null}</li> : null}
        {finding.epss !== null && finding.catalogues.epss ? <li>EPSS of <Moment at={finding.catalogues.epss} look="day" />: exploited within 30 days with a probability of {finding.epss.toFixed(2)}.</li> : null}
        {finding.reReview ? <li><b className="font-medium text-ink">Look again:</b> {finding.reReview}</li> : null}
        {finding.why.map((line, index) => <li key={index}><Line text={line} /></li>)}
      </ul>
      <div className="mt-2 flex gap-2">
        <Layer name="Scanner" title={finding.severityWord ? `The scanner's word: ${finding.severityWord}` : "The scanner's word"} severity={finding.severity.technical} suffix={score === null || score === undefined ? undefined : score.toFixed(1)} />
        <Layer name="Calibrated" title="The team's word: what queues, tickets and clocks use" severity={finding.severity.calibrated} />
        <Layer name="Effective" title="Calibrated, lowered by the decision: what dashboards use" severity={finding.severity.effective} />
        <Prediction finding={finding} />
      </div>
      <div className="mt-1.5 flex justify-between text-2xs text-ink-3">
        <span>{finding.calibratedAt ? "Calibrated by the team" : "Not calibrated: the scanner's word stands"} · <Link href={`/e/${environment}/help#severity`} className="underline hover:text-ink">three severities</Link></span>
        {onCalibrate ? <button type="button" onClick={onCalibrate} className="shrink-0 text-accent hover:underline">Calibrate…</button> : null}
      </div>
    </Section>
  );
}
