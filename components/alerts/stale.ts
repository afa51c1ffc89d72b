"use client";
import { pressNewest, toast } from "@/components/ui/toast";
import type { BulkOutcome } from "@/lib/domain/views/actions";
import { ABOUT } from "./too-late";
import type { Deed } from "./use-line";

/** The findings of a deed that somebody else moved before it arrived, where the deed can be done again on what they are now. */
export function movedMeanwhile(deed: Deed, outcome: BulkOutcome): ReadonlySet<number> {
  return new Set(deed.again ? outcome.skipped.flatMap(({ number, code }) => (code === "stale" ? number : [])) : []);
}

/** Says who was faster, and offers to do it all the same; its words are fetched when it happens. */
export async function offerAgain(environment: number, deed: Deed, outcome: BulkOutcome, redo: (deed: Deed) => void): Promise<void> {
  const numbers = movedMeanwhile(deed, outcome);
  if (numbers.size === 0) return;
  const moves = await import("./moves").catch(() => null);
  if (moves) await moves.askAgain(environment, deed, outcome, numbers, redo);
  else toast({ tone: "error", title: `Left alone: ${numbers.size === 1 ? "the finding has" : `${numbers.size} have`} moved since`, description: "Load the page again to see by whom.", stays: 12_000 });
}

/** Does again what came too late, as the button of its message does; nothing once that was dismissed. */
export function redoNewest(): void {
  pressNewest(ABOUT);
}
