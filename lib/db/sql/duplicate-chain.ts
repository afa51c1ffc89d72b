import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";

const way = z.object({ start: z.number(), reached: z.array(z.number()) });

/**
 * Where each of these findings leads, from one original to the next: its own number and all that follow, by number. A circle ends where
 * it closes. One look-up per link by (environment_id, number).
 */
export async function duplicateChains(tx: Tx, environment: number, numbers: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>> {
  if (numbers.length === 0) return new Map();
  const ways = await rows(tx, way, sql`
    WITH RECURSIVE link (start, reached) AS (
      SELECT n, n FROM unnest(${[...new Set(numbers)]}::int[]) AS n
      UNION
      SELECT link.start, f.duplicate_of FROM link
      JOIN finding f ON f.environment_id = ${environment} AND f.number = link.reached AND f.duplicate_of IS NOT NULL
    )
    SELECT start, array_agg(reached ORDER BY reached) AS reached FROM link GROUP BY start`);
  return new Map(ways.map(({ start, reached }) => [start, reached]));
}
