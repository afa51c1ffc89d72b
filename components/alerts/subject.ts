import type { FindingRow } from "@/lib/domain/views/alerts";
import { findings } from "./outcome-toast";

/** "F-42" for one, "44 findings" for many. */
export function subjectOf(rows: readonly FindingRow[]): string {
  return rows.length === 1 && rows[0] ? `F-${rows[0].number}` : findings(rows.length);
}
