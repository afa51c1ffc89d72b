"use client";
import { Button } from "@/components/ui/button";
import type { DeskState } from "./use-desk";

type Props = { queue: DeskState["queue"] };

/** Above the first row. It lies over the list, out of its flow: what did not come moves nothing that did. */
export function Above({ queue }: Props) {
  return (
    <div role="status" className="relative z-10 h-0">
      {queue.state.above === "failed" ? (
        <span className="absolute top-9 left-1/2 flex -translate-x-1/2 items-center gap-2 rounded-lg border border-danger bg-raised py-1 pr-1 pl-2.5 text-xs whitespace-nowrap text-danger shadow-menu">
          The rows before these did not arrive. <Button size="xs" onClick={() => void queue.loadAbove()}>Try again</Button>
        </span>
      ) : null}
    </div>
  );
}

/** Below the last row. */
export function Foot({ queue }: Props) {
  const { more } = queue.state;
  return (
    <div className="flex h-24 items-start justify-center pt-3 text-xs text-ink-3" role="status">
      {more === "loading" ? "Loading more…" : null}
      {more === "failed" ? <span className="flex items-center gap-2 text-danger">The next rows did not arrive. <Button size="xs" onClick={() => void queue.loadMore()}>Try again</Button></span> : null}
    </div>
  );
}
