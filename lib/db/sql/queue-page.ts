import { z } from "zod";
import { joinSql, sql, trustedSql, type Db, type Sql } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { BESIDE_FINDING, FINDING_COLUMNS, findingRow, type StoredFinding } from "@/lib/db/sql/finding-row";
import { readCursor, writeCursor } from "@/lib/db/sql/queue-cursor";
import { keyColumns, keyTexts, orderInPart, orderOverParts, partTables, piecesFrom, sortingOf, type Part, type Piece, type Place, type Sorting } from "@/lib/db/sql/queue-sort";
import { isTallied, talliedGroups, talliedTotal } from "@/lib/db/sql/queue-tally";
import { withFew } from "@/lib/db/sql/queue-seldom";
import { inTab, isWholeTab, queueWhere, withWords, type Asking } from "@/lib/db/sql/queue-where";
import { RESPONSES, SCANNER_STATUSES, type Tab } from "@/lib/domain/finding/words";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import type { QueueFilter } from "@/lib/domain/views/alerts";

const keyedRow = findingRow.extend({ part: z.number(), keys: z.array(z.string().nullable()) });
type Keyed = z.output<typeof keyedRow> & { stretch: number };

/** The statement of one piece: ids and keys first, off an index, then the names of those few rows. Exported for its plan. */
export function pieceSql({ parts, descending }: Piece, filter: QueueFilter, asking: Asking, limit: number): Sql {
  const where = queueWhere(filter, { ...asking, lazily: true });
  const [first, ...others] = parts.map(({ part }) => part);
  const widest = others.reduce((most, part) => (part.columns.length > (most?.columns.length ?? 0) ? part : most), first);
  if (!widest) throw new Error("A piece of the queue has no part.");
  const read = parts.flatMap(({ index, part, beyond }) => tabsOf(part, filter.tab).map((tab) => sql`(
    SELECT f.id, ${index}::int AS part, ${keyColumns(part, widest)}, ${keyTexts(part)} AS keys FROM ${partTables(part, asking.environment)}
    WHERE ${where} AND ${inTab({ tab })} AND ${trustedSql(part.holds)} AND ${beyond} ORDER BY ${orderInPart(part, descending)} LIMIT ${limit})`));
  const order = orderOverParts(widest.columns.length, descending);
  return sql`WITH page AS MATERIALIZED (SELECT * FROM (${joinSql(read, " UNION ALL ")}) parts ORDER BY ${order} LIMIT ${limit})
    SELECT ${FINDING_COLUMNS}, page.part, page.keys FROM page JOIN finding f ON f.id = page.id ${BESIDE_FINDING} ORDER BY ${order}`;
}

/** The four tabs one by one where the index begins with them. */
const tabsOf = ({ byTab }: Part, tab: Tab): readonly Tab[] => (tab === "all" && byTab ? RESPONSES : [tab]);

/** The pieces of one stretch: the rest of what hangs on an owner, and the owners after it. */
function byStretch(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last?.[0]?.stretch === piece.stretch) last.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

/**
 * Rows from a place on, in the order in which they are met. A later piece is asked only where the one before was not enough; those of one stretch at once where
 * that is cheap, for the first is mostly too short.
 */
async function walk(db: Db, pieces: readonly Piece[], filter: QueueFilter, asking: Asking, limit: number): Promise<Keyed[]> {
  const found: Keyed[] = [];
  for (const group of isTallied(filter) ? byStretch(pieces) : pieces.map((piece) => [piece])) {
    if (found.length >= limit) break;
    const more = await Promise.all(group.map((piece) => rows(db, keyedRow, pieceSql(piece, filter, asking, limit - found.length))));
    found.push(...more.flatMap((each, at) => each.map((one) => ({ ...one, stretch: group[at]?.stretch ?? 0 }))));
  }
  return found.slice(0, limit);
}

/**
 * The pieces that hold anything, as far as the tally knows, and of an order by severity only the stretch that does: what matches rarely is
 * not looked for among all that does not. Where nothing narrows the tab the first rows are the answer, and only empty pieces are left out.
 */
async function narrowed(db: Db, pieces: readonly Piece[], filter: QueueFilter, asking: Asking): Promise<readonly Piece[]> {
  if (asking.few?.length === 0) return [];
  const byStatus = filter.sort.endsWith("status");
  if (!isTallied(filter) || (isWholeTab(filter) && !byStatus)) return pieces;
  const groups = await talliedGroups(db, filter, asking);
  if (!byStatus && !filter.sort.endsWith("severity")) return groups.length === 0 ? [] : pieces;
  return pieces.flatMap((piece) => {
    const here = byStatus ? groups.filter(({ scanner }) => scanner === SCANNER_STATUSES[piece.stretch]) : groups;
    const [first, last] = [here[0], here.at(-1)];
    if (!first || !last) return [];
    const within = sql`(f.effective, f.calibrated) >= (${first.effective}::severity, ${first.calibrated}::severity)
      AND (f.effective, f.calibrated) <= (${last.effective}::severity, ${last.calibrated}::severity)`;
    return [{ ...piece, parts: piece.parts.map((each) => ({ ...each, beyond: sql`${each.beyond} AND ${within}` })) }];
  });
}

const placeOf = ({ stretch, part, keys }: Keyed): Place => ({ stretch, part, keys });

export type QueuePage = { rows: StoredFinding[]; nextCursor: string | null; previousCursor: string | null };
type Paging = { limit: number; cursor: string | null };

/** The page of these rows; `before` and `after` say whether more lie beyond. */
function pageOf(sorting: Sorting, found: readonly Keyed[], before: boolean, after: boolean): QueuePage {
  const [first, last] = [found[0], found.at(-1)];
  return {
    rows: found.map(({ part: _part, keys: _keys, stretch: _stretch, ...stored }) => stored),
    nextCursor: after && last ? writeCursor(sorting, placeOf(last)) : null,
    previousCursor: before && first ? writeCursor(sorting, placeOf(first), true) : null,
  };
}

/** One page of the queue in its stored order, downwards or upwards as the cursor says. A cursor that is not of this queue's sort is refused as `invalid`. */
export async function queuePage(db: Db, filter: QueueFilter, asked: Asking, { limit, cursor }: Paging): Promise<Result<QueuePage>> {
  const asking = await withFew(db, filter, await withWords(db, filter, asked, true));
  const sorting = sortingOf(filter.sort);
  const mark = cursor === null ? null : readCursor(sorting, cursor);
  if (cursor !== null && mark === null) return refuseInput([{ path: "cursor", message: "This cursor is not one of this list. Begin without it." }]);

  const isUp = mark?.backwards === true;
  const pieces = await narrowed(db, piecesFrom(sorting, mark?.place ?? null, isUp, asking.environment), filter, asking);
  const found = await walk(db, pieces, filter, asking, limit + 1);
  const hasMore = found.length > limit;
  const shown = found.slice(0, limit);
  return ok(isUp ? pageOf(sorting, shown.reverse(), hasMore, true) : pageOf(sorting, shown, mark !== null, hasMore));
}

/** Where a finding stands in this queue; null where the queue does not hold it. */
async function standingOf(db: Db, filter: QueueFilter, asking: Asking, sorting: Sorting, number: number): Promise<Keyed | null> {
  for (const [stretch, parts] of sorting.stretches.entries()) {
    for (const [index, part] of parts.entries()) {
      const found = await row(db, keyedRow, sql`SELECT ${FINDING_COLUMNS}, ${index}::int AS part, k.keys
        FROM (SELECT f.id, ${keyTexts(part)} AS keys FROM ${partTables(part, asking.environment)}
          WHERE f.number = ${number} AND ${queueWhere(filter, asking)} AND ${inTab(filter)} AND ${trustedSql(part.holds)}) k
        JOIN finding f ON f.id = k.id ${BESIDE_FINDING}`);
      if (found) return { ...found, stretch };
    }
  }
  return null;
}

export type Around = QueuePage & { position: number };

/** The page around a finding: rows before it, itself, rows after it, and how many come before it in all. Null where the queue does not hold it. */
export async function queueAround(db: Db, filter: QueueFilter, asked: Asking, number: number, { before, limit }: { before: number; limit: number }): Promise<Around | null> {
  const asking = await withWords(db, filter, asked);
  const sorting = sortingOf(filter.sort);
  const here = await standingOf(db, filter, asking, sorting, number);
  if (!here) return null;
  const [up, down] = [true, false].map((backwards) => piecesFrom(sorting, placeOf(here), backwards, asking.environment));
  const [above, below, position] = await Promise.all([
    walk(db, up ?? [], filter, asking, before + 1), walk(db, down ?? [], filter, asking, limit - before), countOf(db, up ?? [], filter, asking),
  ]);
  const shown = [...above.slice(0, before).reverse(), here, ...below.slice(0, limit - before - 1)];
  return { ...pageOf(sorting, shown, above.length > before, below.length > limit - before - 1), position };
}

/** How many rows these pieces hold, off the same indexes. */
async function countOf(db: Db, pieces: readonly Piece[], filter: QueueFilter, asking: Asking): Promise<number> {
  const counts = pieces.flatMap(({ parts }) => parts.map(({ part, beyond }) => sql`(SELECT count(*) FROM ${partTables(part, asking.environment)}
    WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)} AND ${trustedSql(part.holds)} AND ${beyond})`));
  const found = await row(db, z.object({ n: count }), sql`SELECT ${joinSql(counts, " + ")} AS n`);
  return found?.n ?? 0;
}

/** How many match, exactly. */
export async function queueTotal(db: Db, filter: QueueFilter, asked: Asking): Promise<number> {
  if (isTallied(filter)) return talliedTotal(db, filter, asked);
  const asking = await withWords(db, filter, asked);
  const found = await row(db, z.object({ n: count }), sql`SELECT count(*) AS n FROM finding f WHERE ${queueWhere(filter, asking)} AND ${inTab(filter)}`);
  return found?.n ?? 0;
}

/** The rows of these findings of the environment, by number; the unknown ones are left out. */
export async function findingsByNumber(db: Db, environment: number, numbers: readonly number[]): Promise<StoredFinding[]> {
  return rows(db, findingRow, sql`SELECT ${FINDING_COLUMNS} FROM finding f ${BESIDE_FINDING}
    WHERE f.environment_id = ${environment} AND f.number = ANY(${numbers}::int[]) ORDER BY f.number`);
}
