"use client";
import Link from "next/link";
import { assetsAddress, withList } from "@/lib/domain/asset/address";
import type { AssetFilter } from "@/lib/domain/asset/input";
import type { AssetsPage } from "@/lib/domain/views/assets";
import { withoutAll } from "./asset-filters";

/** How much of what is in service full scans have looked at lately; each number opens the assets behind it. */
export function CoverageLine({ page, onGo }: { page: AssetsPage; onGo: (filter: AssetFilter) => void }) {
  const { all, scanned, days } = page.coverage;
  if (all === 0) return null;
  const inService = withList({ ...withoutAll(page.filter), days }, "stage", ["in_service", "retiring"]);
  const parts = [
    { text: "scanned", count: scanned, filter: withList(inService, "coverage", ["scanned"]) },
    { text: "not", count: all - scanned, filter: withList(inService, "coverage", ["stale", "never"]) },
  ];
  const share = scanned === all ? 100 : Math.min(99, Math.round((scanned / all) * 100));
  return (
    <section aria-label="Coverage" className="flex min-h-[45px] shrink-0 flex-wrap items-center gap-x-6 gap-y-1 px-[18px] py-2">
      <span className="flex items-baseline gap-1.5 whitespace-nowrap"><b className="text-xl font-semibold tracking-tight">{share} %</b> <span className="text-ink-2">covered in {days} days</span></span>
      <span aria-hidden className="h-1.5 w-40 overflow-hidden rounded-full bg-line"><span className="block h-full rounded-full bg-accent" style={{ width: `${share}%` }} /></span>
      {parts.map(({ text, count, filter }) => (
        <Link key={text} href={`/e/${page.environment.number}/assets${assetsAddress(filter)}`} prefetch={false} onClick={(event) => { if (event.metaKey || event.ctrlKey) return; event.preventDefault(); onGo(filter); }} className="flex items-baseline gap-1.5 rounded whitespace-nowrap text-ink-2 hover:text-ink hover:underline">
          <b className="font-semibold text-ink">{count.toLocaleString("en")}</b> {text === "scanned" ? "scanned" : "not scanned"}
        </Link>
      ))}
      <span className="text-xs whitespace-nowrap text-ink-3">of {all.toLocaleString("en")} in service, by a full scan</span>
    </section>
  );
}
