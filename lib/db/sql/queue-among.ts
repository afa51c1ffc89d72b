import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { inTab, queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import type { QueueFilter } from "@/lib/domain/views/alerts";

/** Which of these findings a queue lists, in its tab and under its filter. The index on environment and number. */
export async function matchingAmong(db: Db, filter: QueueFilter, asking: Asking, numbers: readonly number[]): Promise<number[]> {
  if (numbers.length === 0) return [];
  const found = await rows(db, z.object({ number: z.number() }), sql`
    SELECT f.number FROM finding f WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)} AND f.number = ANY (${[...numbers]}::int[]) ORDER BY f.number`);
  return found.map(({ number }) => number);
}
