"use client";
import { Button } from "./button";

/** Below rows that come page by page: the next ones, that they are on their way, or that they did not arrive. */
export function RowsFoot({ state, hasMore, loadMore }: { state: string; hasMore: boolean; loadMore: () => void }) {
  return (
    <div className="flex h-24 items-start justify-center pt-3 text-xs text-ink-3" role="status">
      {state === "failed" ? <span className="flex items-center gap-2 text-danger">The next rows did not arrive. <Button size="xs" onClick={loadMore}>Try again</Button></span> : null}
      {state !== "failed" && hasMore ? <Button size="xs" loading={state === "loading"} onClick={loadMore}>Show more</Button> : null}
    </div>
  );
}
