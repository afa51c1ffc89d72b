"use client";
import clsx from "clsx";
import type { FindingRow, SlaView } from "@/lib/domain/views/alerts";
import { span, useDate } from "@/components/ui/moment";
import { useClock } from "@/components/ui/clock";

const CLOCKS = { acknowledge: "First response", resolve: "Disposition" } as const;

/** What the clock that runs out first says, in words. Null when no clock runs. */
export function dueWords(sla: SlaView, now: number): { short: string; long: string; isOver: boolean; share: number } | null {
  if (!sla.next) return null;
  const left = Date.parse(sla.next.due) - now;
  const isOver = left <= 0;
  const long = isOver ? `${CLOCKS[sla.next.clock]} overdue by ${span(left)}` : `${CLOCKS[sla.next.clock]} due in ${span(left)}`;
  return { short: isOver ? `${span(left)} over` : span(left), long, isOver, share: isOver ? 1 : sla.next.usedShare };
}

/** Where no clock runs: the day on which an acceptance ends, "paused", or nothing once people have closed it. */
function Still({ row }: { row: FindingRow }) {
  const date = useDate();
  const { acceptedUntil, response, sla } = row;
  if (acceptedUntil) return <span className="whitespace-nowrap text-ink-3" title={`Clocks are paused until the acceptance ends: ${date(acceptedUntil, "exact")}`}>until {date(acceptedUntil, "short")}</span>;
  const isPaused = sla.state === "paused" && response !== "closed";
  return <span className="text-ink-3" title={isPaused ? "Clocks are paused" : "No clock is running"}>{isPaused ? "paused" : "—"}</span>;
}

/** Time left and how much of it is used; by how much it is over when a clock has run out. */
export function Due({ row }: { row: FindingRow }) {
  const { sla } = row;
  const { now } = useClock();
  const date = useDate();
  const words = dueWords(sla, now);
  if (!words || !sla.next) return <Still row={row} />;

  const tone = words.share >= 0.75 ? "bg-high" : "bg-ink-3";
  return (
    <span className={clsx("flex items-center justify-end gap-1.5", words.isOver ? "text-critical" : "text-ink-2")} title={`${words.long}: ${date(sla.next.due, "exact")}`}>
      <span aria-hidden>{words.short}</span>
      {words.isOver ? null : <span aria-hidden className="block h-1 w-[34px] overflow-hidden rounded-full bg-line">
        <span className={clsx("block h-full rounded-full", tone)} style={{ width: `${Math.round(words.share * 100)}%` }} />
      </span>}
      <span className="sr-only">{words.long}</span>
    </span>
  );
}
