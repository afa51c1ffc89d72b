"use client";
import { findings } from "@/components/alerts/outcome-toast";
import { discardAll, retryAll, useAllLines } from "@/components/alerts/use-line";
import { Button } from "@/components/ui/button";

/** What is still on its way to the server, and what had no answer, on whichever page somebody is by now; nothing while all is well. */
export function LineCorner() {
  const { underWay, stuck } = useAllLines();
  return (
    <div role="region" aria-label="Decisions on their way" className="pointer-events-none fixed right-4 bottom-[70px] z-40 flex flex-col items-end gap-1.5 text-xs">
      {underWay > 0 ? <p key={stuck.length} className="animate-late rounded-lg border border-line bg-raised px-2.5 py-1 text-ink-2 shadow-menu">Saving {findings(underWay)}…</p> : null}
      {stuck.length > 0 ? (
        <div role="alert" className="pointer-events-auto flex items-center gap-2 rounded-lg border border-danger bg-raised py-1 pr-1 pl-2.5 shadow-menu">
          <span>{stuck.length === 1 ? "One decision" : `${stuck.length} decisions`} not saved: {stuck[0]?.why}</span>
          <Button size="xs" onClick={retryAll}>Try again</Button><Button size="xs" look="quiet" onClick={discardAll}>Discard</Button>
        </div>
      ) : null}
    </div>
  );
}
