import Link from "next/link";
import type { ScanCounts as Counts } from "@/lib/domain/scan/counts";
import { CHANGE_KINDS, OTHER_COUNTS } from "./scan-words";

/** What a scan changed; every number opens the findings behind it. */
export function ScanCounts({ environment, scan, counts }: { environment: number; scan: number; counts: Counts }) {
  return (
    <div>
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {CHANGE_KINDS.filter((kind) => kind.key !== "suppressed" || counts.suppressed > 0).map((kind) => {
          const value = counts[kind.key];
          const words = <><b className="text-xl font-semibold tracking-tight text-ink">{value.toLocaleString("en")}</b> {kind.label}</>;
          return (
            <li key={kind.key} title={kind.means}>
              {value > 0 ? <Link href={`/e/${environment}/alerts?tab=all&scan=${scan}&change=${kind.key}`} prefetch={false} className="inline-flex items-baseline gap-1.5 rounded text-ink-2 hover:text-ink hover:underline">{words}</Link> : <span className="inline-flex items-baseline gap-1.5 text-ink-3">{words}</span>}
            </li>
          );
        })}
      </ul>
      <p className="mt-2 text-xs text-ink-3">{OTHER_COUNTS.map((other) => `${counts[other.key].toLocaleString("en")} ${other.label}`).join(" · ")}</p>
    </div>
  );
}
