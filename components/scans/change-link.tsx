import Link from "next/link";
import { scanChangeAddress } from "@/lib/domain/scan/change-address";
import type { ScanChange } from "@/lib/domain/views/alerts";

type Props = { environment: number; scan: number; change: ScanChange; asset: string; detector: string; count: number };

/** How many findings of one asset a scan changed, as the way to them; none is quiet. */
export function ChangeLink({ environment, scan, change, asset, detector, count }: Props) {
  if (count === 0) return <span className="text-ink-3">0</span>;
  return <Link prefetch={false} href={scanChangeAddress(environment, scan, change, { asset, detector })} className="text-ink hover:underline">{count.toLocaleString("en")}</Link>;
}
