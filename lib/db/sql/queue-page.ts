import { z } from "zod";
import { joinSql, sql, type Db, type Sql } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { BESIDE_FINDING, FINDING_COLUMNS, findingRow, type StoredFinding } from "@/lib/db/sql/finding-row";
import { readCursor, writeCursor } from "@/lib/db/sql/queue-cursor";
import { afterKey, keyColumns, keyIs, keyTables, keyTexts, orderInPart, orderOverParts, sortingOf, type After, type Sorting } from "@/lib/db/sql/queue-sort";
import { inTab, queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import { RESPONSES, type Tab } from "@/lib/domain/finding/words";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import type { QueueFilter } from "@/lib/domain/views/alerts";

type Part = { tab: Tab; empties: boolean };

/** What is read one after the other off an index: the four tabs where the index begins with them, and apart what has no value to sort by. */
function partsOf(tab: Tab, sorting: Sorting): Part[] {
  const tabs: readonly Tab[] = tab === "all" && sorting.byTab ? RESPONSES : [tab];
  const empties = sorting.mayBeEmpty ? [false, true] : [false];
  return empties.flatMap((isEmpty) => tabs.map((each) => ({ tab: each, empties: isEmpty })));
}

function partSql(part: Part, where: Sql, sorting: Sorting, after: After | null, environment: number, limit: number): Sql[] {
  const beyond = after === null ? sql`TRUE` : afterKey(sorting, after, part.empties, environment);
  if (beyond === null) return [];
  return [sql`(SELECT f.id, ${keyColumns(sorting)} FROM finding f ${keyTables(sorting)}
    WHERE ${where} AND ${inTab(part)} AND ${keyIs(sorting, part.empties)} AND ${beyond} ORDER BY ${orderInPart(sorting, part.empties)} LIMIT ${limit})`];
}

export type QueuePage = { rows: StoredFinding[]; nextCursor: string | null };
type Paging = { limit: number; cursor: string | null };

/** The statement of one page: ids and keys first, off an index, then the names of those few rows. Exported for its plan. */
export function pageSql(filter: QueueFilter, asking: Asking, sorting: Sorting, after: After | null, limit: number): Sql {
  const where = queueWhere(filter, asking);
  const parts = partsOf(filter.tab, sorting).flatMap((part) => partSql(part, where, sorting, after, asking.environment, limit));
  const order = orderOverParts(sorting);
  return sql`WITH page AS MATERIALIZED (SELECT * FROM (${joinSql(parts, " UNION ALL ")}) parts ORDER BY ${order} LIMIT ${limit})
    SELECT ${FINDING_COLUMNS}, ${keyTexts(sorting)} AS keys FROM page JOIN finding f ON f.id = page.id ${BESIDE_FINDING} ORDER BY ${order}`;
}

/** One page of the queue in its stored order. A cursor that is not of this queue's sort is refused as `invalid`. */
export async function queuePage(db: Db, filter: QueueFilter, asking: Asking, { limit, cursor }: Paging): Promise<Result<QueuePage>> {
  const sorting = sortingOf(filter.sort);
  const after = cursor === null ? null : readCursor(sorting, cursor);
  if (cursor !== null && after === null) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);

  const found = await rows(db, findingRow.extend({ keys: z.array(z.string().nullable()) }), pageSql(filter, asking, sorting, after, limit + 1));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return ok({ rows: shown, nextCursor: hasMore ? writeCursor(sorting, { keys: last.keys, last: lastOf(sorting, last) }) : null });
}

function lastOf(sorting: Sorting, { id, number }: StoredFinding): number {
  return sorting.columns.at(-1)?.read === "f.number" ? number : id;
}

/** How many match, exactly. */
export async function queueTotal(db: Db, filter: QueueFilter, asking: Asking): Promise<number> {
  const found = await row(db, z.object({ n: count }), sql`SELECT count(*) AS n FROM finding f WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)}`);
  return found?.n ?? 0;
}

/** The rows of these findings of the environment, by number; the unknown ones are left out. */
export async function findingsByNumber(db: Db, environment: number, numbers: readonly number[]): Promise<StoredFinding[]> {
  return rows(db, findingRow, sql`SELECT ${FINDING_COLUMNS} FROM finding f ${BESIDE_FINDING}
    WHERE f.environment_id = ${environment} AND f.number = ANY(${numbers}::int[]) ORDER BY f.number`);
}
