"use client";
import Link from "next/link";
import { CodeWords } from "@/components/ui/code-words";
import { Moment } from "@/components/ui/moment";
import { can } from "@/lib/domain/access/can";
import { scanChangeAddress } from "@/lib/domain/scan/change-address";
import type { ScanActions, ScanRow } from "@/lib/domain/views/scans";
import type { Me } from "@/lib/domain/views/shell";
import { ScanProgress } from "./scan-progress";
import { CHANGE_KINDS, counted, RUNNING } from "./scan-words";
import { StatusBadge } from "./status-badge";

/** What it changed or would change; every number opens what is behind it. */
function Changes({ environment, scan: { counts, number, status } }: { environment: number; scan: ScanRow }) {
  const page = `/e/${environment}/scans/${number}`;
  const told = CHANGE_KINDS.filter((kind) => counts[kind.key] > 0);
  if (told.length === 0) return counts.statements > 0 ? <Link href={page} prefetch={false} className="hover:text-ink hover:underline">{counted(counts.statements, "statement")}</Link> : <>nothing changes</>;
  return told.map(({ key, label }, index) => (
    <span key={key}>{index > 0 ? " · " : ""}<Link href={status === "completed" ? scanChangeAddress(environment, number, key) : `${page}?rows=${key}`} prefetch={false} className="hover:text-ink hover:underline">{counts[key].toLocaleString("en")} {label}</Link></span>
  ));
}

/** Format, detectors, assets, and that it is partial: what a scan looked at, in one line. */
function scope(scan: ScanRow): string {
  const format = scan.formatLabel ?? "not recognised yet";
  if (scan.parts.length === 0) return scan.status === "failed" && !scan.format ? "not recognised" : format;
  const detectors = [...new Set(scan.parts.map((part) => part.detector))].join(", ");
  const assets = scan.parts.reduce((sum, part) => sum + part.assetCount, 0);
  return [detectors, counted(assets, "asset"), scan.parts.some((part) => part.scope === "partial") ? "partial" : "", format].filter(Boolean).join(" · ");
}

const WAITING = { held: "Held: waits for a manager", previewed: "Shown: waits to be applied" } as const;

function Result({ environment, scan }: { environment: number; scan: ScanRow }) {
  if (scan.error) return <span className="line-clamp-2 text-danger"><CodeWords text={scan.error.message} /></span>;
  if (scan.status === "held" || scan.status === "previewed") return <>{WAITING[scan.status]}<span className="block text-xs text-ink-3">would be <Changes environment={environment} scan={scan} /></span></>;
  return scan.status === "completed" ? <Changes environment={environment} scan={scan} /> : null;
}

type Props = { environment: number; scans: readonly ScanRow[]; me: Me; cancel: ScanActions["cancelScan"] };

/** Scans, those that wait first, then newest first; failed attempts stay, with their fault. */
export function ScanList({ environment, scans, me, cancel }: Props) {
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <thead className="text-2xs text-ink-3">
        <tr className="border-b border-line [&>th]:h-[30px] [&>th]:pr-3 [&>th]:font-normal [&>th:last-child]:pr-0"><th className="w-16 max-sm:w-10">Scan</th><th>Report</th><th className="max-md:hidden">Result</th><th className="w-28 max-sm:hidden">Status</th><th className="w-32 max-sm:hidden">By</th><th className="w-28 text-right max-sm:w-20">Taken</th></tr>
      </thead>
      <tbody>
        {scans.map((scan) => {
          const isRunning = RUNNING.includes(scan.status);
          return (
            <tr key={scan.number} className="border-b border-line align-top hover:bg-hover [&>td]:py-2 [&>td]:pr-3">
              <td><Link href={`/e/${environment}/scans/${scan.number}`} prefetch={false} className="font-medium text-accent hover:underline">{scan.number}</Link></td>
              <td className="min-w-0"><span className="block truncate" title={scan.fileName ?? undefined}>{scan.fileName ?? "Report"}</span><span className="block truncate text-xs text-ink-3" title={scope(scan)}>{scope(scan)}</span>
                {isRunning ? null : <span className="block text-xs break-words text-ink-2 md:hidden"><Result environment={environment} scan={scan} /></span>}
                <span className="mt-1 block sm:hidden"><StatusBadge status={scan.status} /></span></td>
              <td className="text-ink-2 max-md:hidden">{isRunning ? <ScanProgress environment={environment} scan={scan.number} status={scan.status} mayCancel={can(me.role, "scan.import")} cancel={cancel} /> : <Result environment={environment} scan={scan} />}</td>
              <td className="max-sm:hidden"><StatusBadge status={scan.status} /></td>
              <td className="truncate text-ink-2 max-sm:hidden">{scan.by}</td>
              <td className="pr-0! text-right text-ink-2">{scan.takenAt ? <Moment at={scan.takenAt} /> : scan.startedAt ? <span className="text-ink-3" title="Its report does not say when it was taken">sent <Moment at={scan.startedAt} /></span> : "—"}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
