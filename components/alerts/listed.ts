import { foresee } from "@/lib/domain/filter/foresee";
import { isInTab } from "@/lib/domain/finding/governance";
import type { Tab } from "@/lib/domain/finding/words";
import type { FindingRow } from "@/lib/domain/views/alerts";
import type { QueueState } from "./queue-state";

export function belongs(row: Pick<FindingRow, "governance" | "scannerStatus">, tab: Tab): boolean {
  return isInTab(tab, row.scannerStatus, row.governance);
}

type Listing = Pick<QueueState, "page" | "asked" | "unfit">;

/** Does the queue list a row as it is stored: inside its tab, and under its filter as far as anybody said otherwise? */
export function isHeld({ page, unfit }: Pick<Listing, "page" | "unfit">, row: FindingRow): boolean {
  return !unfit.has(row.number) && belongs(row, page.filter.tab);
}

/** The same of a row as it is painted: what a guess does to it is foreseen. */
export function isShown({ page, asked, unfit }: Listing, stored: FindingRow, painted: FindingRow): boolean {
  if (!belongs(painted, page.filter.tab)) return false;
  const turn = painted === stored ? null : foresee(asked, stored, painted, page.me.id);
  return turn === null ? !unfit.has(stored.number) : turn === "in";
}

/** Which rows the filter no longer holds, once one of them is another row than it was. */
export function unfitAfter(unfit: Set<number>, { page, asked }: Listing, before: FindingRow, after: FindingRow): void {
  const turn = foresee(asked, before, after, page.me.id);
  if (turn === "out") unfit.add(after.number);
  if (turn === "in") unfit.delete(after.number);
}

/** Rows that were read for this filter fit it. */
export function fitAgain(unfit: ReadonlySet<number>, rows: readonly FindingRow[]): ReadonlySet<number> {
  if (unfit.size === 0) return unfit;
  const left = new Set(unfit);
  for (const { number } of rows) left.delete(number);
  return left;
}
