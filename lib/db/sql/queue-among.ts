import { z } from "zod";
import { joinSql, sql, trustedSql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { readCursor } from "@/lib/db/sql/queue-cursor";
import { partTables, piecesFrom, sortingOf } from "@/lib/db/sql/queue-sort";
import { inTab, queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import type { QueueFilter } from "@/lib/domain/views/alerts";

const numbered = z.object({ number: z.number() });

/** Which of these findings a queue lists, in its tab and under its filter. The index on environment and number. */
export async function matchingAmong(db: Db, filter: QueueFilter, asking: Asking, numbers: readonly number[]): Promise<number[]> {
  if (numbers.length === 0) return [];
  const found = await rows(db, numbered, sql`
    SELECT f.number FROM finding f WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)} AND f.number = ANY (${[...numbers]}::int[]) ORDER BY f.number`);
  return found.map(({ number }) => number);
}

/** Those of the findings that a queue holds beyond these cursors: rows that a list which ends there would read from them. One that is of another order is no end. */
export async function beyondAmong(db: Db, filter: QueueFilter, asking: Asking, numbers: readonly number[], cursors: readonly string[]): Promise<ReadonlySet<number>> {
  const sorting = sortingOf(filter.sort);
  const ends = cursors.map((cursor) => readCursor(sorting, cursor)).filter((mark) => mark !== null);
  const parts = ends.flatMap(({ place, backwards }) => piecesFrom(sorting, place, backwards, asking.environment)).flatMap((piece) => piece.parts);
  if (parts.length === 0 || numbers.length === 0) return new Set();
  const found = await rows(db, numbered, joinSql(parts.map(({ part, beyond }) => sql`SELECT f.number FROM ${partTables(part, asking.environment)}
    WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)} AND ${trustedSql(part.holds)} AND ${beyond} AND f.number = ANY (${[...numbers]}::int[])`), " UNION "));
  return new Set(found.map(({ number }) => number));
}
