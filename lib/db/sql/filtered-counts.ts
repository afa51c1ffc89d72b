import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { counted, keptCounts, tallied, type Tally } from "@/lib/db/sql/queue-counts";
import { isTallied, tallyTable } from "@/lib/db/sql/queue-tally";
import { isWholeTab, queueWhere, withWords, type Asking } from "@/lib/db/sql/queue-where";
import type { QueueFilter } from "@/lib/domain/views/alerts";

/** Tabs and responses of what a filter leaves: off the kept counts where it asks for nothing, off the tally where that holds all that is asked, else counted row by row. */
export async function filteredCounts(db: Db, filter: QueueFilter, asked: Asking): Promise<Tally> {
  if (isWholeTab(filter)) return tallied(await rows(db, counted, keptCounts(asked.environment)));
  const asking = await withWords(db, filter, asked);
  const [from, n] = isTallied(filter) ? [tallyTable(asking), sql`sum(f.n)::bigint`] : [sql`finding f`, sql`count(*)`];
  return tallied(await rows(db, counted, sql`
    SELECT f.response, f.scanner_status <> 'closed' AS detected, f.assignee_id IS NOT NULL AS assigned, ${n} AS n
    FROM ${from} WHERE ${queueWhere(filter, asking)} GROUP BY 1, 2, 3`));
}
