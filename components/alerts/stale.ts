"use client";
import { pressNewest, toast } from "@/components/ui/toast";
import type { BulkOutcome } from "@/lib/domain/views/actions";
import { ABOUT } from "./too-late";
import type { Deed } from "./use-line";

/** The findings of a deed that somebody else moved before it arrived, where the deed can be done again on what they are now. */
export function movedMeanwhile(deed: Deed, outcome: BulkOutcome): ReadonlySet<number> {
  return new Set(deed.again ? outcome.skipped.flatMap(({ number, code }) => (code === "stale" ? number : [])) : []);
}

const NAMED = 3;

/** "F-1 has", "F-1 and F-2 have", "F-1, F-2, F-3 and 9 more have". */
export function namesOf(numbers: readonly number[]): string {
  const names = numbers.slice(0, NAMED).map((number) => `F-${number}`);
  const rest = numbers.length > NAMED ? [`${(numbers.length - NAMED).toLocaleString("en")} more`] : [];
  const all = [...names, ...rest];
  return `${all.length > 1 ? `${all.slice(0, -1).join(", ")} and ` : ""}${all.at(-1) ?? "nothing"} ${numbers.length > 1 ? "have" : "has"}`;
}

/** Says who was faster, and offers to do it all the same; its words are fetched when it happens. */
export async function offerAgain(environment: number, deed: Deed, outcome: BulkOutcome, redo: (deed: Deed) => void): Promise<void> {
  const numbers = movedMeanwhile(deed, outcome);
  if (numbers.size === 0) return;
  const moves = await import("./moves").catch(() => null);
  if (moves) await moves.askAgain(environment, deed, outcome, numbers, redo);
  else toast({ tone: "error", title: `Left alone: ${namesOf([...numbers])} moved since`, description: "Load the page again to see by whom.", stays: 12_000 });
}

/** Does again what came too late, as the button of its message does; nothing once that was dismissed. */
export function redoNewest(): void {
  pressNewest(ABOUT);
}
