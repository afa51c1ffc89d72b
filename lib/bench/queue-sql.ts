import type pg from "pg";
import { plain } from "@/lib/bench/beside";
import type { Case } from "@/lib/bench/queue-cases";
import { sql, trustedSql } from "@/lib/db/client";
import { BESIDE_FINDING, FINDING_COLUMNS } from "@/lib/db/sql/finding-row";
import { TABS } from "@/lib/domain/finding/words";

/** Both sides count from the same moment. */
const counted = (where: string, now: Date) => where.replaceAll("now()", `'${now.toISOString()}'::timestamptz`);

const turned = (ordered: string, descending: boolean) => (descending ? ordered.split(", ").map((column) => `${column} DESC`).join(", ") : ordered);

/** The ids of a case in their order, the first `limit`: straight off an index where one part is all there is, else part by part and merged. */
function idsSql({ where, stretches, descending }: Case, now: Date, limit: number): string {
  const parts = stretches.flatMap((stretch, at) => stretch.map((part, place) => ({ ...part, at, place })));
  const read = ({ tables, holds, ordered, key }: (typeof parts)[number]) => `SELECT f.id, ${key} AS key FROM ${tables} WHERE ${counted(where, now)} AND ${holds} ORDER BY ${turned(ordered, descending)} LIMIT ${limit}`;
  const [only, ...others] = parts;
  if (only && others.length === 0) return read(only);
  const all = parts.map((part) => `SELECT id, key, ${part.at} AS stretch, ${part.place} AS part, row_number() OVER () AS place FROM (${read(part)}) p${part.at}_${part.place}`);
  return `SELECT id FROM (${all.join(" UNION ALL ")}) u ORDER BY stretch, ${turned("key, part", descending)}, place LIMIT ${limit}`;
}

/** The first rows of a case by hand: ids off an index, then the names of those few. */
export function pageSql(one: Case, now: Date, limit: number): pg.QueryConfig {
  return plain(sql`
    WITH page AS MATERIALIZED (SELECT f.id, row_number() OVER () AS place FROM (${trustedSql(idsSql(one, now, limit))}) f)
    SELECT ${FINDING_COLUMNS} FROM page JOIN finding f ON f.id = page.id ${BESIDE_FINDING} ORDER BY place`);
}

/** Ids and numbers of the rows `from` on, however deep: to compare with, not to be quick. */
export function rowsSql(one: Case, now: Date, from: number, limit: number): string {
  return `SELECT f.id, f.number FROM (SELECT id, row_number() OVER () AS place FROM (${idsSql(one, now, from + limit)}) ids) page JOIN finding f ON f.id = page.id WHERE place > ${from} ORDER BY place`;
}

/** The case without the stretches that a page so long never reaches: a good hand does not ask for them. */
export async function reached(client: pg.Client, one: Case, now: Date, rows: number): Promise<Case> {
  for (let many = 1; many < one.stretches.length; many++) {
    const first = { ...one, stretches: one.stretches.slice(0, many) };
    if ((await client.query(idsSql(first, now, rows))).rows.length === rows) return first;
  }
  return one;
}

/** How many a case holds, by hand. */
export const countSql = ({ where }: Case, now: Date): pg.QueryConfig => plain(sql`SELECT count(*) FROM finding f WHERE ${trustedSql(counted(where, now))}`);

/** How many each tab holds, in their order, counted row by row. */
export const TABS_SQL = plain(sql`SELECT count(f.id) FROM unnest(${[...TABS]}::text[]) WITH ORDINALITY AS t(tab, place) LEFT JOIN finding f ON f.environment_id = 1 AND (t.tab = 'all' OR f.tab::text = t.tab)
  GROUP BY t.place ORDER BY t.place`);
