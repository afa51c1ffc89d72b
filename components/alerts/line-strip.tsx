"use client";
import { Button } from "@/components/ui/button";
import type { Trouble } from "./queue-state";

type Props = { troubles: ReadonlyMap<number, Trouble>; onShow: (number: number) => void; onForget: () => void };

/** Which decisions came back refused; nothing while all is well. */
export function LineStrip({ troubles, onShow, onForget }: Props) {
  const refused = [...troubles].filter(([, { kind }]) => kind === "refused").map(([number]) => number);
  const [first] = refused;
  return (
    <div role="region" aria-label="Decisions that came back" className="pointer-events-none absolute right-4 bottom-[108px] z-20 flex flex-col items-end gap-1.5 text-xs">
      {first !== undefined ? (
        <div role="status" className="pointer-events-auto flex items-center gap-2 rounded-lg border border-danger bg-raised py-1 pr-1 pl-2.5 shadow-menu">
          <span>{refused.length === 1 ? `F-${first} came back` : `${refused.length} findings came back`}</span>
          <Button size="xs" onClick={() => onShow(first)}>Show</Button><Button size="xs" look="quiet" onClick={onForget}>Dismiss</Button>
        </div>
      ) : null}
    </div>
  );
}
