import { z } from "zod";
import { sql, trustedSql, type Db, type Sql } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { isTallied, tallyTable } from "@/lib/db/sql/queue-tally";
import { inTab, queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import type { QueueFilter } from "@/lib/domain/views/alerts";

/** Values offered for one field. */
const MAX_VALUES = 50;
/** Beyond so many findings that have to be read, counts are not worth their wait: values are offered without. */
const MAX_COUNTED = 50_000;

/** `has`: few findings have one, and an index holds those. */
const FACETS = {
  severity: { value: "f.calibrated::text", label: "NULL::text", tables: "", has: "TRUE", kept: true },
  detector: { value: "d.name", label: "NULL::text", tables: "JOIN detector d ON d.id = f.detector_id", has: "TRUE", kept: true },
  category: { value: "f.category", label: "NULL::text", tables: "", has: "f.category IS NOT NULL", kept: true },
  assignee: { value: "p.email", label: "p.name", tables: "JOIN person p ON p.id = f.assignee_id", has: "f.assignee_id IS NOT NULL", kept: false },
  tag: { value: "t.tag", label: "NULL::text", tables: "CROSS JOIN LATERAL unnest(f.tags) AS t(tag)", has: "f.tags <> '{}'", kept: false },
} as const;

export type FacetField = keyof typeof FACETS;
const facetRow = z.object({ value: z.string(), label: z.string().nullable(), n: count });
export type FacetRow = { value: string; label: string | null; count: number | null };

/**
 * What a field offers in this queue, most frequent first: each with the number that choosing it alone would leave.
 * The field's own choice is left open. Fields of few values are counted at any size; of others, where more than 50,000 would have
 * to be read, the values come from some of them, uncounted.
 */
export async function facetOf(db: Db, field: FacetField, filter: QueueFilter, asking: Asking): Promise<FacetRow[]> {
  const { value, label, tables, has, kept } = FACETS[field];
  const where = sql`${queueWhere(filter, asking, field)} AND ${inTab(filter)} AND ${trustedSql(has)}`;
  if (kept && isTallied(filter, field)) {
    const found = await rows(db, facetRow, sql`SELECT ${trustedSql(value)} AS value, ${trustedSql(label)} AS label, sum(f.n)::bigint AS n
      FROM ${tallyTable(asking)} ${trustedSql(tables)} WHERE ${where} GROUP BY 1, 2 HAVING sum(f.n) > 0 ORDER BY n DESC, value LIMIT ${MAX_VALUES}`);
    return found.map(({ n, ...each }) => ({ ...each, count: n }));
  }
  const found = await rows(db, facetRow.extend({ seen: count }), partly(where, { value, label, tables }));
  return found.map(({ value: each, label: words, n, seen }) => ({ value: each, label: words, count: seen > MAX_COUNTED ? null : n }));
}

function partly(where: Sql, { value, label, tables }: { value: string; label: string; tables: string }): Sql {
  return sql`WITH part AS MATERIALIZED (SELECT f.id, f.calibrated, f.detector_id, f.category, f.assignee_id, f.tags FROM finding f WHERE ${where} LIMIT ${MAX_COUNTED + 1})
    SELECT ${trustedSql(value)} AS value, ${trustedSql(label)} AS label, count(*) AS n, (SELECT count(*) FROM part) AS seen
    FROM part f ${trustedSql(tables)} GROUP BY 1, 2 ORDER BY n DESC, value LIMIT ${MAX_VALUES}`;
}
