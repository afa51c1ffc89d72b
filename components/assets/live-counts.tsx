import clsx from "clsx";
import Link from "next/link";
import { SEVERITIES, SEVERITY_LABELS, type Severity } from "@/lib/domain/finding/words";
import { liveAddress } from "@/lib/domain/asset/address";
import type { LiveCounts } from "@/lib/domain/views/assets";

const INKS = { critical: "text-critical font-semibold", high: "text-high font-semibold", medium: "text-medium", low: "text-low", info: "text-info" } as const satisfies Record<Severity, string>;

type Props = { environment: number; asset: string; count: number; severity: Severity | null; detector?: string; inGrid?: boolean };

/** How many findings are live, as the way to them; none is a quiet dot. */
export function LiveCount({ environment, asset, count, severity, detector, inGrid = false }: Props) {
  const what = severity === null ? "live findings" : `live, ${SEVERITY_LABELS[severity].toLowerCase()}`;
  if (count === 0) return <span className="text-ink-3"><span aria-hidden>·</span><span className="sr-only">none</span></span>;
  return (
    <Link prefetch={false} tabIndex={inGrid ? -1 : undefined} href={liveAddress(environment, asset, severity, detector ?? null)} title={`${count.toLocaleString("en")} ${what}`} className={clsx("hover:underline", severity === null ? "text-ink-2" : INKS[severity])}>
      {count.toLocaleString("en")}<span className="sr-only"> {what}</span>
    </Link>
  );
}

/** One line of counts: by severity, then all. */
export function LiveLine({ environment, asset, live, detector }: { environment: number; asset: string; live: LiveCounts; detector?: string }) {
  if (live.total === 0) return <span className="text-ink-3">Nothing live</span>;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-3">
      {SEVERITIES.filter((severity) => live[severity] > 0).map((severity) => (
        <span key={severity} className="whitespace-nowrap text-ink-2"><LiveCount environment={environment} asset={asset} count={live[severity]} severity={severity} detector={detector} /> <span aria-hidden>{SEVERITY_LABELS[severity].toLowerCase()}</span></span>
      ))}
    </span>
  );
}
