"use client";
import Link from "next/link";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { SeverityMark } from "@/components/finding/marks";
import { Button } from "@/components/ui/button";
import { CodeWords } from "@/components/ui/code-words";
import { CutName } from "@/components/ui/cut-name";
import type { PreviewKind } from "@/lib/domain/scan/preview";
import type { PreviewRow, PreviewRows as Rows, ScanActions, ScanPreviewView } from "@/lib/domain/views/scans";
import { countOf } from "./preview-strip";
import { PREVIEW_COUNTS } from "./scan-words";

export const ROWS_AT_ONCE = 200;

function Row({ row, environment }: { row: PreviewRow; environment: number }) {
  const title = <span className="break-words">{row.title}</span>;
  return (
    <li className="flex gap-3 border-b border-line px-3 py-1.5 last:border-b-0 hover:bg-hover">
      <span className="mt-px shrink-0">{row.severity ? <SeverityMark severity={row.severity} /> : <span aria-hidden className="block size-[18px]" />}</span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          {row.finding === null ? title : <Link href={`/e/${environment}/findings/${row.finding}`} prefetch={false} className="text-ink hover:underline">{title} <span className="text-xs text-accent">F-{row.finding}</span></Link>}
        </div>
        <p className="text-xs break-words text-ink-2"><CodeWords text={row.why} /></p>
      </div>
      <div className="w-[34%] min-w-0 shrink-0 text-right text-xs max-sm:hidden">{row.asset === null ? null : <CutName name={row.asset} isRight className="text-ink-2" />}<span className="block truncate font-mono text-2xs text-ink-3" title={row.location}>{row.location}</span></div>
    </li>
  );
}

type Props = { environment: number; preview: ScanPreviewView; kind: PreviewKind; first: Rows; load: ScanActions["loadScanRows"] };

/** The rows behind one count, each with its reason; more of them when asked for. */
export function PreviewRows({ environment, preview, kind, first, load }: Props) {
  const [more, setMore] = useState({ first, rows: first.rows, next: first.next, loading: false });
  if (more.first !== first) setMore({ first, rows: first.rows, next: first.next, loading: false });
  const words = PREVIEW_COUNTS.find((one) => one.kind === kind);
  if (!words) return null;
  const total = countOf(preview, words);
  const kept = preview.kept.find((one) => one.kind === kind)?.rows ?? 0;

  async function loadMore() {
    if (more.next === null || more.loading) return;
    setMore({ ...more, loading: true });
    const answer = await load({ environment, scan: preview.scan, attempt: preview.attempt, kind, after: more.next, limit: ROWS_AT_ONCE }).catch(() => null);
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    setMore((before) => ({ ...before, loading: false, ...(answer?.ok ? { rows: [...before.rows, ...answer.value.rows], next: answer.value.next } : {}) }));
  }

  return (
    <section id="preview-rows" aria-label={`Rows: ${words.label}`} className="mt-2 overflow-hidden rounded-xl border border-line">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line bg-ground px-3 py-1.5">
        <p className="text-xs text-ink-2">{words.means} {kept < total ? `The first ${kept.toLocaleString("en")} of ${total.toLocaleString("en")} are kept.` : ""}</p>
        {preview.isApplied && words.change !== null ? <Link href={`/e/${environment}/alerts?tab=all&scan=${preview.scan}&change=${words.change}`} prefetch={false} className="text-xs text-accent hover:underline">Open in Alerts</Link> : null}
      </header>
      <ul>{more.rows.map((row) => <Row key={row.position} row={row} environment={environment} />)}</ul>
      {more.next === null ? null : <div className="border-t border-line px-3 py-2"><Button size="xs" loading={more.loading} onClick={() => void loadMore()}>{Math.min(ROWS_AT_ONCE, kept - more.rows.length)} more of {kept.toLocaleString("en")}</Button></div>}
    </section>
  );
}
