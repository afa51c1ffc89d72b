"use client";
import { Button } from "@/components/ui/button";
import type { Trouble } from "./queue-state";
import { findings } from "./outcome-toast";
import type { LineView } from "./use-line";

type Props = { line: LineView; troubles: ReadonlyMap<number, Trouble>; onRetry: () => void; onDiscard: () => void; onShow: (number: number) => void; onForget: () => void };

/** What is still on its way to the server, what had no answer, and what came back refused; nothing while all is well. */
export function LineStrip({ line, troubles, onRetry, onDiscard, onShow, onForget }: Props) {
  const refused = [...troubles].filter(([, { kind }]) => kind === "refused").map(([number]) => number);
  const { underWay, stuck } = line;
  const [first] = refused;
  return (
    <div role="region" aria-label="Decisions on their way" className="pointer-events-none absolute right-4 bottom-[70px] z-20 flex flex-col items-end gap-1.5 text-xs">
      {underWay > 0 ? <p key={stuck.length} className="animate-late rounded-lg border border-line bg-raised px-2.5 py-1 text-ink-2 shadow-menu">Saving {findings(underWay)}…</p> : null}
      {stuck.length > 0 ? (
        <div role="alert" className="pointer-events-auto flex items-center gap-2 rounded-lg border border-danger bg-raised py-1 pr-1 pl-2.5 shadow-menu">
          <span>{stuck.length === 1 ? "One decision" : `${stuck.length} decisions`} not saved: {stuck[0]?.why}</span>
          <Button size="xs" onClick={onRetry}>Try again</Button><Button size="xs" look="quiet" onClick={onDiscard}>Discard</Button>
        </div>
      ) : null}
      {first !== undefined ? (
        <div role="status" className="pointer-events-auto flex items-center gap-2 rounded-lg border border-danger bg-raised py-1 pr-1 pl-2.5 shadow-menu">
          <span>{refused.length === 1 ? `F-${first} came back` : `${refused.length} findings came back`}</span>
          <Button size="xs" onClick={() => onShow(first)}>Show</Button><Button size="xs" look="quiet" onClick={onForget}>Dismiss</Button>
        </div>
      ) : null}
    </div>
  );
}
