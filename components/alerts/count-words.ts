import { findings } from "./outcome-toast";

/** After so many questions without an answer, the fourth of which comes a quarter of a minute later, nobody is told to wait for a number. */
const MISSES = 3;

export function isGivenUp(missed: number): boolean {
  return missed >= MISSES;
}

/** How many a filter leaves, in words; nothing where nothing is narrowed, or where the number does not come: the rows are there without it. */
export function countWords(isNarrowed: boolean, total: number | null, isOver: boolean): string {
  if (!isNarrowed || (total === null && isOver)) return "";
  return total === null ? "counting…" : findings(total);
}
