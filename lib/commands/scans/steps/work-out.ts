import type { Tx } from "@/lib/db/client";
import { tallyDelta, type Tally } from "@/lib/db/sql/scan-delta";
import { pairCarries } from "@/lib/db/sql/scan-carry";
import { brakesFor, digestOf, looksShown, movedSince, newestPreview, scopesShown, type Worked } from "@/lib/db/sql/scan-preview";
import { factsShown } from "@/lib/db/sql/scan-facts";
import { rowsBehind } from "@/lib/db/sql/scan-rows";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import type { ImportPolicy } from "@/lib/domain/scan/brake";
import type { ScanCounts } from "@/lib/domain/scan/counts";
import { rejectedLines } from "@/lib/domain/scan/preview";
import type { StagedReport } from "@/lib/domain/scan/staged";

/**
 * What a delta would do, told before any of it is done: counts, digest, brakes, what moved since it was shown last, and the rows
 * behind each count. The same for an import that is applied, shown or held. `regressed`: how many resolutions it contradicts.
 */
export async function workOut(tx: Tx, scan: ScanOptions, given: StagedReport, regressed: number, policy: ImportPolicy): Promise<Worked> {
  const counts = countsOf(await tallyDelta(tx, scan), given, regressed);
  const digest = await digestOf(tx);
  const brakes = await brakesFor(tx, counts.unseen, policy);
  const scopes = await scopesShown(tx);
  const looks = await looksShown(tx);
  const facts = await factsShown(tx, scan);
  const before = await newestPreview(tx, scan.scan);
  const moved = before === null || before.digest === digest ? null : await movedSince(tx, scan, before, counts, scopes);
  const carries = await pairCarries(tx, scan);
  const lines = [...(await rowsBehind(tx, scan, { ...counts, carries })), ...rejectedLines(given.rejections)];
  return { attempt: given.attempt, counts, digest, brakes, moved, scopes, looks, facts, lines, carries };
}

/** A server that crashed has emptied the staging table: then the run starts again instead of closing what it lost. */
function countsOf(tally: Tally, given: StagedReport, regressed: number): ScanCounts {
  if (tally.staged !== given.staged) throw new Error(`${tally.staged} of ${given.staged} staged rows are there: the import starts again.`);
  return {
    observed: tally.staged + given.rejected,
    new: tally.fresh,
    persisting: tally.winners - tally.suppressed - tally.fresh - tally.refound,
    refound: tally.refound,
    regressed,
    unseen: tally.unseen,
    preserved: tally.decided - regressed,
    suppressed: tally.suppressed,
    duplicates_in_report: tally.staged - tally.winners,
    rejected: given.rejected,
    statements: given.statements.length,
  };
}
