import type { FindingRow } from "@/lib/domain/views/alerts";

/** Where each finding stands in a list, worked out once for a list and only when somebody asks. */
const known = new WeakMap<readonly FindingRow[], ReadonlyMap<number, number>>();

/** The place of a finding in a list; -1 when it is not there. A guess that is right costs nothing, however long the list. */
export function placeOf(rows: readonly FindingRow[], number: number | null, guess = -1): number {
  if (number === null) return -1;
  if (rows[guess]?.number === number) return guess;
  const places = known.get(rows) ?? new Map(rows.map((row, at) => [row.number, at]));
  known.set(rows, places);
  return places.get(number) ?? -1;
}
