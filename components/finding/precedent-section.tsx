"use client";
import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import { CLOSE_REASON_LABELS, GOVERNANCE_LABELS } from "@/lib/domain/finding/words";
import type { FindingDetail, NeighboursView } from "@/lib/domain/views/finding";
import { Section } from "./section";

type Precedent = NeighboursView["precedents"][number];

const times = (count: number) => (count === 1 ? "once" : count === 2 ? "twice" : `${count.toLocaleString("en")} times`);

/** "Closed 14 times as false positive here". */
function deedOf({ governance, reason, count }: Precedent): string {
  if (governance === "accepted_risk") return `Accepted ${times(count)}`;
  const as = governance === "false_positive" ? GOVERNANCE_LABELS.false_positive : reason ? CLOSE_REASON_LABELS[reason] : "resolved without a reason";
  return `Closed ${times(count)} as ${as.toLowerCase()}`;
}

/** What was decided before: on this finding, on others of its rule; and how often it went away and came back. Nothing where there is nothing to tell. */
export function PrecedentSection({ finding, environment }: { finding: FindingDetail; environment: number }) {
  const { precedents, dispositions, returns } = finding.neighbours;
  if (precedents.length + dispositions.length + returns.gone + returns.back === 0) return null;
  const at = `/e/${environment}/findings`;
  return (
    <Section title="Decided before">
      <ul className="space-y-0.5 text-ink-2">
        {precedents.map((each) => (
          <li key={`${each.governance} ${each.reason}`}><b className="font-medium text-ink">{deedOf(each)}</b> here for this rule, last <Link href={`${at}/${each.number}`} prefetch={false} className="text-accent underline">F-{each.number}</Link>{each.by ? ` by ${each.by}` : ""}{each.at ? <>, <Moment at={each.at} /></> : null}</li>
        ))}
        {dispositions.map((each) => (
          <li key={each.entry}>This one: <Link href={`${at}/${finding.number}?entry=${each.entry}#${each.entry}`} prefetch={false} className="text-accent underline">{each.reason.toLowerCase()}</Link> by {each.by}, <Moment at={each.at} />{each.revoked ? ", taken back" : ""}</li>
        ))}
        {returns.gone + returns.back > 0 ? <li>Scans lost sight of it {times(returns.gone)}{returns.back > 0 ? <> and saw it again {times(returns.back)}{returns.last ? <>, last <Moment at={returns.last} /></> : null}</> : null}.</li> : null}
      </ul>
    </Section>
  );
}
