import Link from "next/link";
import { CutName } from "@/components/ui/cut-name";
import type { RelatedFinding } from "@/lib/domain/views/finding";
import { SeverityMark } from "./marks";
import { Section } from "./section";

/** The same rule elsewhere, and what else the asset has. */
export function RelatedSection({ related, environment }: { related: readonly RelatedFinding[]; environment: number }) {
  if (related.length === 0) return null;
  return (
    <Section title="Related" aside={`${related.length}`}>
      <ul>
        {related.map((each) => (
          <li key={each.number}>
            <Link href={`/e/${environment}/findings/${each.number}`} prefetch={false} className="-mx-1.5 flex items-center gap-2 rounded-md px-1.5 py-1 hover:bg-hover">
              <SeverityMark severity={each.severity} />
              <span className="min-w-0 flex-1 truncate">{each.title}</span>
              {each.why === "same rule" ? <CutName name={each.asset} className="max-w-32 text-xs text-ink-3" /> : <span className="text-xs text-ink-3">{each.why}</span>}
              <span className="text-xs text-ink-3">F-{each.number}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
