import { quoted } from "@/lib/domain/filter/search-text";
import type { ScanChange } from "@/lib/domain/views/alerts";

/** The address of what a scan did of one kind; `within`: to one asset, as one detector sees it. */
export function scanChangeAddress(environment: number, scan: number, change: ScanChange, within: { asset: string; detector: string } | null = null): string {
  const query = new URLSearchParams({ tab: "all", scan: String(scan), change, ...(within === null ? {} : { asset: quoted(within.asset), detector: quoted(within.detector) }) });
  return `/e/${environment}/alerts?${query.toString()}`;
}
