"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useDate } from "@/components/ui/moment";
import type { FindingActions } from "@/lib/domain/views/actions";
import type { TimelineEntry, TimelineKind, TimelinePage } from "@/lib/domain/views/finding";
import { Section } from "./section";
import { Entry } from "./timeline-entry";

const KINDS = [{ kind: null, label: "all" }, { kind: "decision", label: "decisions" }, { kind: "scan", label: "scans" }] as const satisfies readonly { kind: TimelineKind | null; label: string }[];

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

/** Pages of a timeline, of all kinds or of one. */
function useTimeline(environment: number, number: number, first: TimelinePage, load: FindingActions["loadTimeline"] | null) {
  const [shown, setShown] = useState<{ first: TimelinePage; kind: TimelineKind | null; page: TimelinePage; state: "ready" | "loading" | "failed" }>({ first, kind: null, page: first, state: "ready" });
  if (shown.first !== first) setShown({ first, kind: null, page: first, state: "ready" });

  async function fetchPage(kind: TimelineKind | null, cursor: string | null) {
    if (!load) return;
    setShown((before) => ({ ...before, kind, state: "loading" }));
    const answer = await load({ environment, number, cursor, kind }).catch(() => null);
    setShown((before) => {
      if (!answer?.ok) return { ...before, state: "failed" };
      const entries = cursor ? [...before.page.entries, ...answer.value.entries] : answer.value.entries;
      return { ...before, state: "ready", page: { entries, nextCursor: answer.value.nextCursor } };
    });
  }
  const choose = (kind: TimelineKind | null) => (kind === null ? setShown({ first, kind, page: first, state: "ready" }) : void fetchPage(kind, null));
  return { ...shown, choose, more: () => void fetchPage(shown.kind, shown.page.nextCursor) };
}

/** Everything that happened to a finding, newest first; the hops of one action are one entry. */
export function Timeline({ environment, number, first, load, onRevert }: { environment: number; number: number; first: TimelinePage; load: FindingActions["loadTimeline"] | null; onRevert: ((actionId: string) => void) | null }) {
  const date = useDate();
  const timeline = useTimeline(environment, number, first, load);
  const days = byDay(timeline.page.entries, (at) => date(at, "heading"));
  const last = timeline.page.entries.at(-1);

  return (
    <Section
      title="Timeline" id="timeline"
      aside={load ? <span role="group" aria-label="Show" className="flex gap-2">{KINDS.map((each) => <button key={each.label} type="button" aria-pressed={timeline.kind === each.kind} onClick={() => timeline.choose(each.kind)} className={timeline.kind === each.kind ? "font-medium text-ink" : "hover:text-ink"}>{each.label}</button>)}</span> : null}
    >
      {days.map((day) => (
        <div key={day.heading}>
          <h4 className="mt-1.5 mb-0.5 text-2xs text-ink-3">{day.heading}</h4>
          <ol>{day.entries.map((entry) => <Entry key={entry.id} entry={entry} isLast={entry === last} href={`/e/${environment}/findings/${number}#${entry.id}`} onRevert={onRevert} />)}</ol>
        </div>
      ))}
      {days.length === 0 ? <p className="text-ink-3">Nothing of this kind has happened.</p> : null}
      {timeline.state === "failed" ? <p role="alert" className="text-xs text-danger">The timeline did not arrive.</p> : null}
      {timeline.page.nextCursor && load ? <Button size="xs" look="quiet" loading={timeline.state === "loading"} onClick={timeline.more} className="mt-1">Earlier</Button> : null}
    </Section>
  );
}
