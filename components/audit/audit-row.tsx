"use client";
import Link from "next/link";
import { useDate } from "@/components/ui/moment";
import { Fact, Facts } from "@/components/finding/section";
import type { AuditEntry } from "@/lib/domain/views/audit";

export const AUDIT_GRID = "grid grid-cols-[64px_128px_150px_76px_minmax(0,1fr)] items-baseline gap-3 px-[18px] max-lg:grid-cols-[52px_112px_minmax(0,1fr)]";

const LETTERS: Record<string, { letter: string; path: string | null }> = { finding: { letter: "F", path: "findings" }, scan: { letter: "S", path: "scans" }, ticket: { letter: "T", path: null } };

function RecordLink({ entry, environment }: { entry: AuditEntry; environment: number }) {
  const { type, number } = entry.record;
  const known = LETTERS[type];
  if (number === null) return <>{type}</>;
  const text = known ? `${known.letter}-${number}` : `${type} ${number}`;
  return known?.path ? <Link href={`/e/${environment}/${known.path}/${number}`} className="text-accent hover:underline">{text}</Link> : <>{text}</>;
}

function Body({ label, text }: { label: string; text: string | null }) {
  return (
    <div className="min-w-0 flex-1">
      <h4 className="mb-1 text-2xs text-ink-3">{label}</h4>
      <pre tabIndex={0} aria-label={label} className="max-h-64 overflow-auto rounded-lg bg-sunk px-2.5 py-2 font-mono text-[11.5px] leading-normal break-words whitespace-pre-wrap text-ink-2">{text ?? "—"}</pre>
    </div>
  );
}

/** One event; opened, it shows what stood before and after, and what proves it. */
export function AuditRow({ entry, environment }: { entry: AuditEntry; environment: number }) {
  const date = useDate();
  return (
    <li id={`e${entry.sequence}`} className="border-b border-line target:bg-selected">
      <details className="group">
        <summary className={`${AUDIT_GRID} cursor-pointer list-none py-[7px] hover:bg-hover`}>
          <span className="text-ink-3"><span aria-hidden className="mr-1 inline-block text-[9px] transition-transform group-open:rotate-90">▶</span>{entry.sequence}</span>
          <time dateTime={entry.at} title={`${date(entry.at, "exact")} (${entry.at})`} className="whitespace-nowrap text-ink-2">{date(entry.at, "minute")}</time>
          <span className="truncate max-lg:hidden">{entry.actor.name}{entry.actor.type === "user" || entry.actor.type === "system" ? null : <span className="text-ink-3"> · {entry.actor.type}</span>}</span>
          <span className="truncate text-ink-2 max-lg:hidden">{entry.record.number === null ? entry.record.type : LETTERS[entry.record.type] ? `${LETTERS[entry.record.type]?.letter}-${entry.record.number}` : entry.record.type}</span>
          <span className="min-w-0 truncate"><span className="lg:hidden">{entry.actor.name}: </span>{entry.summary} <span className="font-mono text-2xs text-ink-3">{entry.action}{entry.alias === null ? "" : ` · ${entry.alias}`}</span></span>
        </summary>
        <div className="space-y-3 px-[18px] pt-1 pb-4 pl-[82px] max-lg:pl-[18px]">
          <Facts>
            <Fact name="Record"><RecordLink entry={entry} environment={environment} /></Fact>
            <Fact name="Actor">{entry.actor.name} <span className="text-ink-3">{entry.actor.type} {entry.actor.id}</span></Fact>
            {entry.reason ? <Fact name="Reason">{entry.reason}</Fact> : null}
            {entry.note ? <Fact name="Note"><span className="whitespace-pre-line">{entry.note}</span></Fact> : null}
            {entry.bulkId ? <Fact name="Bulk action"><code className="font-mono text-2xs break-all">{entry.bulkId}</code></Fact> : null}
            {entry.requestId ? <Fact name="Request"><code className="font-mono text-2xs break-all">{entry.requestId}</code></Fact> : null}
            <Fact name="Hash"><code className="font-mono text-2xs break-all">{entry.hash}</code></Fact>
          </Facts>
          {entry.before || entry.after ? <div className="flex gap-3 max-md:flex-col"><Body label="Before" text={entry.before} /><Body label="After" text={entry.after} /></div> : null}
        </div>
      </details>
    </li>
  );
}
