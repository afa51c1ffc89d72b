"use client";
import Link from "next/link";
import type { FindingDetail } from "@/lib/domain/views/finding";
import { Section } from "./section";
import { RenamedHere, WhyLine } from "./why-lines";

/** Why it stands in this tab: the rule, the timestamps and the events that put it there, and who or what moved it last. */
export function WhySection({ finding, environment }: { finding: FindingDetail; environment: number }) {
  return (
    <Section title="Why it is here" aside={<Link href={`/e/${environment}/help#why-here`} className="hover:text-ink hover:underline">explain</Link>}>
      <ul className="space-y-0.5 text-ink-2">
        {finding.regressed ? <li><b className="font-medium text-ink">Seen again after it was resolved.</b> <Link href={`/e/${environment}/help#came-back`} className="text-accent underline">Is that a bug?</Link></li> : null}
        {finding.reReview ? <li><b className="font-medium text-ink">Look again:</b> {finding.reReview}</li> : null}
        {finding.why.map((line, index) => <li key={index}><WhyLine text={line} /></li>)}
      </ul>
      <RenamedHere lines={finding.why} />
    </Section>
  );
}
