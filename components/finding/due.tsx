"use client";
import clsx from "clsx";
import type { SlaView } from "@/lib/domain/views/alerts";
import { span, useDate } from "@/components/ui/moment";
import { useClock } from "@/components/ui/clock";

const CLOCKS = { acknowledge: "First response", resolve: "Disposition" } as const;

/** What the clock that runs out first says, in words. Null when no clock runs. */
export function dueWords(sla: SlaView, now: number): { short: string; long: string; isOver: boolean; share: number } | null {
  if (!sla.next) return null;
  const left = Date.parse(sla.next.due) - now;
  const isOver = left <= 0;
  const long = isOver ? `${CLOCKS[sla.next.clock]} overdue by ${span(left)}` : `${CLOCKS[sla.next.clock]} due in ${span(left)}`;
  return { short: isOver ? "over" : span(left), long, isOver, share: isOver ? 1 : sla.next.usedShare };
}

/** Time left and how much of it is used; "over" when a clock has run out. */
export function Due({ sla }: { sla: SlaView }) {
  const { now } = useClock();
  const date = useDate();
  const words = dueWords(sla, now);
  if (!words || !sla.next) return <span className="text-ink-3" title={sla.state === "paused" ? "Clocks are paused" : "No clock is running"}>{sla.state === "paused" ? "paused" : "—"}</span>;

  const tone = words.isOver ? "bg-critical" : words.share >= 0.75 ? "bg-high" : "bg-ink-3";
  return (
    <span className={clsx("flex items-center justify-end gap-1.5", words.isOver ? "text-critical" : "text-ink-2")} title={`${words.long}: ${date(sla.next.due, "exact")}`}>
      {words.short}
      <span aria-hidden className="block h-1 w-[34px] overflow-hidden rounded-full bg-line">
        <span className={clsx("block h-full rounded-full", tone)} style={{ width: `${Math.round(words.share * 100)}%` }} />
      </span>
      <span className="sr-only">{words.long}</span>
    </span>
  );
}
