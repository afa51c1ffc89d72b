import { stageRows, type StagedRow } from "@/lib/db/sql/scan-stage";
import type { ClaimedScan } from "@/lib/db/sql/scan-claim";

export { Replaced, type StagedRow } from "@/lib/db/sql/scan-stage";

/**
 * Lays the results of a report beside the tables, as they come; gives how many there were. Nothing of them counts before `applyScan`.
 * A fault in the source leaves nothing behind and is thrown on. @throws Replaced when the scan is in other hands by now
 */
export async function stageReport({ environment, scan, attempt }: ClaimedScan, results: AsyncIterable<StagedRow>): Promise<number> {
  return stageRows({ environment, scan, attempt }, results);
}
