import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { counted, tallied, type Tally } from "@/lib/db/sql/queue-counts";
import { queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import type { QueueFilter } from "@/lib/domain/views/alerts";

/** Tabs and responses of what a filter leaves, counted row by row. */
export async function filteredCounts(db: Db, filter: QueueFilter, asking: Asking): Promise<Tally> {
  return tallied(await rows(db, counted, sql`
    SELECT f.response, f.scanner_status <> 'closed' AS detected, f.assignee_id IS NOT NULL AS assigned, count(*) AS n
    FROM finding f WHERE ${queueWhere(filter, asking)} GROUP BY 1, 2, 3`));
}
