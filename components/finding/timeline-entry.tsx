"use client";
import clsx from "clsx";
import { Link2 } from "lucide-react";
import Link from "next/link";
import { Face } from "@/components/ui/states";
import { Moment } from "@/components/ui/moment";
import { GOVERNANCE_LABELS } from "@/lib/domain/finding/words";
import type { TimelineEntry } from "@/lib/domain/views/finding";
import { EvidenceFileLink } from "./evidence-file";

function Hops({ hops }: { hops: TimelineEntry["hops"] }) {
  const first = hops[0];
  if (!first) return null;
  const steps = [GOVERNANCE_LABELS[first.from], ...hops.map((hop) => GOVERNANCE_LABELS[hop.to])];
  return <span className="font-medium text-ink"> {steps.map((step, index) => <span key={index}>{index > 0 ? <><span aria-hidden> → </span><span className="sr-only"> to </span></> : null}{step}</span>)}</span>;
}

/** What something was made with: there was nothing before, so only what is there now, for those who open it. */
function Folded({ changes }: { changes: TimelineEntry["changes"] }) {
  if (changes.length === 0) return null;
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-ink-3">Everything it was made with</summary>
      {changes.map(({ field, after }) => <span key={field} className="block break-words">{field}: <span className="text-ink">{after ?? "none"}</span></span>)}
    </details>
  );
}

function Details({ entry, environment }: { entry: TimelineEntry; environment: number }) {
  return (
    <>
      {entry.isFolded ? <Folded changes={entry.changes} /> : entry.changes.map((change) => (
        <span key={change.field} className="block text-ink-2">{change.field}: <span className="text-ink">{change.before ?? "none"}<span aria-hidden> → </span><span className="sr-only"> to </span>{change.after ?? "none"}</span></span>
      ))}
      {entry.reason || entry.note ? <span className="mt-0.5 block border-l-2 border-line-strong pl-2 break-words whitespace-pre-line text-ink-2">{entry.reason ? <b className="font-medium">{entry.reason}{entry.note ? (entry.reason.endsWith(".") ? " " : ": ") : ""}</b> : null}{entry.note}</span> : null}
      {entry.evidence ? <span className="block text-xs text-ink-3">Evidence: {entry.evidence}</span> : null}
      {entry.files?.map((file) => <span key={file.id} className="block text-xs"><EvidenceFileLink environment={environment} file={file} /></span>)}
    </>
  );
}

/** One action: who, what, from where to where, why; its number in the log and the way back. */
export function Entry({ entry, environment, isLast, isMarked, href, onRevert }: { entry: TimelineEntry; environment: number; isLast: boolean; isMarked: boolean; href: string; onRevert: ((actionId: string) => void) | null }) {
  const { revocable } = entry;
  return (
    <li id={entry.id} aria-current={isMarked || undefined} className="group relative grid scroll-mt-16 grid-cols-[22px_minmax(0,1fr)_auto] gap-[9px] rounded-md py-1.5 target:bg-selected aria-[current]:bg-selected aria-[current]:shadow-[inset_2px_0_0_var(--accent)]">
      {isLast ? null : <span aria-hidden className="absolute top-7 -bottom-1 left-[9.5px] w-px bg-line" />}
      <span aria-hidden><Face initials={entry.actor.initials} name={entry.actor.name} system={entry.actor.type !== "user"} size={20} /></span>
      <div className="min-w-0 text-ink-2">
        <b className="font-medium text-ink">{entry.actor.name}</b> <span className="break-words">{entry.headline}</span><Hops hops={entry.hops} />
        <Details entry={entry} environment={environment} />
        {entry.bulkId === null ? null : <span className="block text-xs text-ink-3">One of many: <Link href={`/e/${environment}/bulk?id=${entry.bulkId}`} prefetch={false} className="text-accent underline">bulk action {entry.bulkId}</Link></span>}
        {revocable && onRevert ? <button type="button" onClick={() => onRevert(revocable)} className="mt-0.5 text-xs text-accent hover:underline">Take back</button> : null}
      </div>
      <span className="flex items-start gap-1 text-2xs text-ink-3">
        <a href={href} aria-label={`Link to this entry${entry.sequences.length > 0 ? `, log number ${entry.sequences.join(", ")}` : ""}`} title={entry.sequences.length > 0 ? `Log ${entry.sequences.join(", ")}` : "Link to this entry"} className={clsx("grid size-4 place-items-center opacity-0 group-hover:opacity-100 focus-visible:opacity-100")}><Link2 size={11} aria-hidden /></a>
        <Moment at={entry.at} look="hour" />
      </span>
    </li>
  );
}
