import Link from "next/link";
import { CutName } from "@/components/ui/cut-name";
import { queueAddress, wholeTab } from "@/lib/domain/views/queue-address";
import type { FindingDetail, NeighboursView, RelatedFinding } from "@/lib/domain/views/finding";
import { SeverityMark } from "./marks";
import { Section } from "./section";

type Group = { name: string; why: RelatedFinding["why"]; beside: NeighboursView["sameRule"]; address: string; none: string };

function One({ each, environment }: { each: RelatedFinding; environment: number }) {
  return (
    <li>
      <Link href={`/e/${environment}/findings/${each.number}`} prefetch={false} className="-mx-1.5 flex items-center gap-2 rounded-md px-1.5 py-1 hover:bg-hover">
        <SeverityMark severity={each.severity} />
        <span className="min-w-0 flex-1 truncate">{each.title}</span>
        {each.why === "same rule" ? <CutName name={each.asset} className="max-w-32 text-xs text-ink-3" /> : null}
        <span className="text-xs text-ink-3">F-{each.number}</span>
      </Link>
    </li>
  );
}

const said = ({ count, isMore }: Group["beside"]) => `${count.toLocaleString("en")}${isMore ? "+" : ""}`;

/** The same rule elsewhere and what else the asset has: how many, the worst of them, and all as a filter of the queue. Other detectors' twins stand above. */
export function RelatedSection({ finding, environment }: { finding: FindingDetail; environment: number }) {
  const { found, sameRule, sameAsset } = finding.neighbours;
  const groups: readonly Group[] = [
    { name: "Same rule elsewhere", why: "same rule", beside: sameRule, address: queueAddress({ ...wholeTab("all"), rule: [finding.rule], detector: [finding.detector], rest: [{ not: { field: "asset", values: [finding.asset] } }] }), none: "The rule fires nowhere else." },
    { name: "Same asset", why: "same asset", beside: sameAsset, address: queueAddress({ ...wholeTab("all"), asset: [finding.asset] }), none: "Nothing else is known of its asset." },
  ];
  return (
    <Section title="Related">
      {groups.map(({ name, why, beside, address, none }) => {
        const shown = found.filter((each) => each.why === why && !finding.twins.some((twin) => twin.number === each.number));
        return (
          <div key={name} className="mb-1.5 last:mb-0">
            <h4 className="flex min-h-6 items-center justify-between gap-3 text-2xs text-ink-3"><span>{name}</span>{beside.count > 0 ? <Link href={`/e/${environment}/alerts${address}`} prefetch={false} className="inline-flex min-h-6 items-center text-accent hover:underline">{said(beside)} {beside.count === 1 ? "other" : "others"}: show all</Link> : null}</h4>
            {beside.count === 0 ? <p className="text-xs text-ink-3">{none}</p> : <ul>{shown.map((each) => <One key={each.number} each={each} environment={environment} />)}</ul>}
          </div>
        );
      })}
    </Section>
  );
}
