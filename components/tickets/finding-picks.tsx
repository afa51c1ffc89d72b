"use client";
import { useId, useState, type ReactNode } from "react";
import { SeverityMark } from "@/components/finding/marks";
import { Input } from "@/components/ui/field";
import type { Severity } from "@/lib/domain/finding/words";

export type Pickable = { number: number; title: string; asset: string; severity: Severity; aside?: ReactNode };

/** From so many on, a list is worth a search. */
const LONG = 9;

type Props = { legend: string; hint?: string; findings: readonly Pickable[]; chosen: ReadonlySet<number>; error?: string | null; isFirst?: boolean; onChange: (chosen: ReadonlySet<number>) => void };

/** Findings to tick, with a search where they are many. What is ticked stays ticked while it is not in view. */
export function FindingPicks({ legend, hint, findings, chosen, error, isFirst = false, onChange }: Props) {
  const id = useId();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const shown = findings.filter(({ number, title, asset }) => `f-${number} ${title} ${asset}`.toLowerCase().includes(wanted));
  const toggle = (number: number) => onChange(new Set(chosen.has(number) ? [...chosen].filter((each) => each !== number) : [...chosen, number]));
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 flex flex-wrap items-baseline gap-x-1.5"><span className="font-medium">{legend}</span> <span className="text-xs text-ink-3">{hint}</span></legend>
      {findings.length >= LONG ? <Input aria-label={`Search: ${legend}`} placeholder="Number, title or asset…" maxLength={200} value={search} onChange={(event) => setSearch(event.target.value)} className="mb-1.5" /> : null}
      <ul aria-label={legend} className="max-h-52 overflow-y-auto rounded-lg border border-line">
        {shown.map(({ number, title, asset, severity, aside }, index) => (
          <li key={number} className="border-b border-line last:border-b-0">
            <label className="flex min-h-8 cursor-pointer items-center gap-2 px-2.5 py-1 hover:bg-hover">
              <input type="checkbox" checked={chosen.has(number)} aria-invalid={error ? true : undefined} data-autofocus={(isFirst && index === 0) || undefined} onChange={() => toggle(number)} className="shrink-0 accent-(--accent)" />
              <SeverityMark severity={severity} />
              <span className="min-w-0 flex-1 truncate" title={title}><span className="text-xs text-ink-3">F-{number}</span> {title}</span>
              <span className="max-w-[34%] shrink-0 truncate text-xs text-ink-3" title={asset}>{aside ?? asset}</span>
            </label>
          </li>
        ))}
        {shown.length === 0 ? <li className="px-2.5 py-1.5 text-ink-3">None of them matches.</li> : null}
      </ul>
      {error ? <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-danger">{error}</p> : null}
    </fieldset>
  );
}
