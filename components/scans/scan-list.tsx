"use client";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Moment } from "@/components/ui/moment";
import type { ScanRow } from "@/lib/domain/views/scans";
import { CHANGE_KINDS, STATUS_WORDS } from "./scan-words";

function changes(scan: ScanRow): string {
  const told = CHANGE_KINDS.filter((kind) => scan.counts[kind.key] > 0).map((kind) => `${scan.counts[kind.key].toLocaleString("en")} ${kind.label}`);
  return told.join(" · ") || "nothing changed";
}

function scope(scan: ScanRow): string {
  const detectors = [...new Set(scan.parts.map((part) => part.detector))].join(", ") || scan.format || "not recognised";
  if (scan.parts.length === 0) return detectors;
  const assets = scan.parts.reduce((sum, part) => sum + part.assetCount, 0);
  const isPartial = scan.parts.some((part) => part.scope === "partial");
  return `${detectors} · ${assets.toLocaleString("en")} ${assets === 1 ? "asset" : "assets"}${isPartial ? " · partial" : ""}`;
}

/** Scans, newest first; failed attempts stay, with their fault. */
export function ScanList({ environment, scans }: { environment: number; scans: readonly ScanRow[] }) {
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <thead className="text-2xs text-ink-3">
        <tr className="border-b border-line [&>th]:h-[30px] [&>th]:pr-3 [&>th]:font-normal [&>th:last-child]:pr-0"><th className="w-16">Scan</th><th>Report</th><th className="max-md:hidden">Result</th><th className="w-24">Status</th><th className="w-32 max-sm:hidden">By</th><th className="w-28 text-right">Taken</th></tr>
      </thead>
      <tbody>
        {scans.map((scan) => (
          <tr key={scan.number} className="border-b border-line align-top hover:bg-hover [&>td]:py-2 [&>td]:pr-3">
            <td><Link href={`/e/${environment}/scans/${scan.number}`} className="font-medium text-accent hover:underline">{scan.number}</Link></td>
            <td className="min-w-0"><span className="block truncate" title={scan.fileName ?? undefined}>{scan.fileName ?? "Report"}</span><span className="block truncate text-xs text-ink-3">{scope(scan)}</span></td>
            <td className="text-ink-2 max-md:hidden">{scan.error ? <span className="line-clamp-2 text-danger">{scan.error.message}</span> : scan.status === "completed" ? changes(scan) : ""}</td>
            <td><Badge tone={STATUS_WORDS[scan.status].tone}>{STATUS_WORDS[scan.status].label}</Badge></td>
            <td className="truncate text-ink-2 max-sm:hidden">{scan.by}</td>
            <td className="pr-0! text-right text-ink-2">{scan.takenAt ?? scan.startedAt ? <Moment at={scan.takenAt ?? scan.startedAt ?? ""} /> : "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
