import type { Response } from "@/lib/domain/finding/words";
import type { FindingRow } from "@/lib/domain/views/alerts";
import type { QueueState } from "./queue-state";
import { placeOf } from "./row-places";

/** Decisions that were refused: how many, and of one of them whether its finding stands in the list. `response`: what it is by now, where that took it out. */
export type Refused = { count: number; number: number; isHere: boolean; response: Response | null };

/** What is to be said of refused decisions over the list that is shown; of several findings one that stands in it comes first. Null: none was refused. */
export function refusedIn({ troubles, rows }: Pick<QueueState, "troubles" | "rows">, shown: readonly FindingRow[]): Refused | null {
  const numbers = [...troubles].filter(([, { kind }]) => kind === "refused").map(([number]) => number);
  const here = numbers.find((number) => placeOf(shown, number) >= 0);
  const number = here ?? numbers[0];
  if (number === undefined) return null;
  const isHere = here !== undefined;
  return { count: numbers.length, number, isHere, response: isHere ? null : (rows[placeOf(rows, number)]?.response ?? null) };
}
