"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { useDate } from "@/components/ui/moment";
import { TIMELINE_KINDS, TIMELINE_LABELS, type TimelineKind } from "@/lib/domain/audit/timeline";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { TimelineEntry, TimelinePage } from "@/lib/domain/views/finding";
import { Section } from "./section";
import { Entry } from "./timeline-entry";
import { withNewest } from "./timeline-pages";

type Day = { heading: string; entries: TimelineEntry[] };

function byDay(entries: readonly TimelineEntry[], heading: (at: string) => string): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const name = heading(entry.at);
    const last = days.at(-1);
    if (last?.heading === name) last.entries.push(entry);
    else days.push({ heading: name, entries: [entry] });
  }
  return days;
}

type Shown = { number: number; first: TimelinePage; kind: TimelineKind | null; page: TimelinePage; state: "ready" | "loading" | "failed" };

/** Pages of a timeline, of all kinds or of one. What happens meanwhile stands on top of what is read. */
function useTimeline(environment: number, number: number, first: TimelinePage, load: FindingActions["loadTimeline"] | null) {
  const begun: Shown = { number, first, kind: null, page: first, state: "ready" };
  const [shown, setShown] = useState(begun);
  if (shown.number !== number) setShown(begun);
  else if (shown.first !== first) setShown({ ...shown, first, page: withNewest(shown.page, first, shown.kind) });

  async function fetchPage(kind: TimelineKind | null, cursor: string | null) {
    if (!load) return;
    setShown((before) => ({ ...before, kind, state: "loading" }));
    const answer = await load({ environment, number, cursor, kind }).catch(() => null);
    setShown((before) => {
      if (before.kind !== kind) return before; // something else was asked for meanwhile
      if (!answer?.ok) return { ...before, state: "failed" };
      const entries = cursor ? [...before.page.entries, ...answer.value.entries] : answer.value.entries;
      return { ...before, state: "ready", page: { ...(cursor ? before.page : {}), entries, nextCursor: answer.value.nextCursor } };
    });
  }
  const choose = (kind: TimelineKind | null) => (kind === null ? setShown(begun) : void fetchPage(kind, null));
  return { ...shown, choose, more: () => void fetchPage(shown.kind, shown.page.nextCursor) };
}

/** Brings the entry that the address asks for into view, once it is drawn. */
function useMarked(marked: string | null) {
  useEffect(() => {
    if (marked !== null) document.getElementById(marked)?.scrollIntoView({ block: "center" });
  }, [marked]);
}

function KindSelect({ kind, onChoose }: { kind: TimelineKind | null; onChoose: (kind: TimelineKind | null) => void }) {
  return (
    <Select aria-label="Show of the timeline" value={kind ?? ""} onChange={(event) => onChoose(TIMELINE_KINDS.find((each) => each === event.target.value) ?? null)} className="h-6! w-auto! py-0! text-xs">
      <option value="">All entries</option>
      {TIMELINE_KINDS.map((each) => <option key={each} value={each}>{TIMELINE_LABELS[each]}</option>)}
    </Select>
  );
}

type Props = {
  environment: number; number: number; first: TimelinePage; load: FindingActions["loadTimeline"] | null; onRevert: ((actionId: string) => void) | null;
  /** whose timeline it is, where that is no finding: its address; its entries are of one kind */
  of?: string;
};

/** Everything that happened to a finding or a ticket, newest first; the hops of one action are one entry. An address may ask for one entry, however old. */
export function Timeline({ environment, number, first, load, onRevert, of }: Props) {
  const date = useDate();
  const { page, kind, state, choose, more } = useTimeline(environment, number, first, load);
  const marked = page.marked ?? null;
  useMarked(marked);
  const days = byDay(page.entries, (at) => date(at, "heading"));
  const last = page.entries.at(-1);
  const here = of ?? `/e/${environment}/findings/${number}`;

  return (
    <Section title="Timeline" id="timeline" aside={load && !of ? <KindSelect kind={kind} onChoose={choose} /> : null}>
      {page.startsAt ? <p className="mb-1 text-xs text-ink-3">From the linked entry on. <Link href={here} className="text-accent underline">Show the newest</Link></p> : null}
      {days.map((day) => (
        <div key={day.heading}>
          <h4 className="mt-1.5 mb-0.5 text-2xs text-ink-3">{day.heading}</h4>
          <ol>{day.entries.map((entry) => <Entry key={entry.id} entry={entry} environment={environment} isLast={entry === last} isMarked={entry.id === marked} href={of ? `${here}#${entry.id}` : `${here}?entry=${entry.id}#${entry.id}`} onRevert={onRevert} />)}</ol>
        </div>
      ))}
      {days.length === 0 ? <p className="text-ink-3">Nothing of this kind has happened.</p> : null}
      {state === "failed" ? <p role="alert" className="text-xs text-danger">The timeline did not arrive.</p> : null}
      {page.nextCursor && load ? <Button size="xs" look="quiet" loading={state === "loading"} onClick={more} className="mt-1">Earlier</Button> : null}
    </Section>
  );
}
