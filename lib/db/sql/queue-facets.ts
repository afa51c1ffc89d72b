import { z } from "zod";
import { sql, trustedSql, type Db } from "@/lib/db/client";
import { count, rows } from "@/lib/db/rows";
import { inTab, queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import type { QueueFilter } from "@/lib/domain/views/alerts";

/** Values offered for one field. */
const MAX_VALUES = 50;
/** Beyond so many findings counts are not worth their wait: values are offered without. */
const MAX_COUNTED = 50_000;

const FACETS = {
  severity: { value: "f.calibrated::text", label: "NULL::text", tables: "" },
  detector: { value: "d.name", label: "NULL::text", tables: "JOIN detector d ON d.id = f.detector_id" },
  assignee: { value: "p.email", label: "p.name", tables: "JOIN person p ON p.id = f.assignee_id" },
  tag: { value: "t.tag", label: "NULL::text", tables: "CROSS JOIN LATERAL unnest(f.tags) AS t(tag)" },
} as const;

export type FacetField = keyof typeof FACETS;
const facetRow = z.object({ value: z.string(), label: z.string().nullable(), n: count });
export type FacetRow = { value: string; label: string | null; count: number | null };

/**
 * What a field offers in this queue, most frequent first: each with the number that choosing it alone would leave.
 * The field's own choice is left open. In a queue of more than 50,000 the values come from its newest part, uncounted.
 */
export async function facetOf(db: Db, field: FacetField, filter: QueueFilter, asking: Asking): Promise<FacetRow[]> {
  const { value, label, tables } = FACETS[field];
  const matching = sql`SELECT f.* FROM finding f WHERE ${queueWhere(filter, asking, field)} AND ${inTab(filter)}`;
  const found = await rows(db, facetRow.extend({ seen: count }), sql`
    WITH part AS MATERIALIZED (SELECT f.id, f.calibrated, f.detector_id, f.assignee_id, f.tags FROM (${matching}) f LIMIT ${MAX_COUNTED + 1})
    SELECT ${trustedSql(value)} AS value, ${trustedSql(label)} AS label, count(*) AS n, (SELECT count(*) FROM part) AS seen
    FROM part f ${trustedSql(tables)} GROUP BY 1, 2 ORDER BY n DESC, value LIMIT ${MAX_VALUES}`);
  return found.map(({ value: each, label: words, n, seen }) => ({ value: each, label: words, count: seen > MAX_COUNTED ? null : n }));
}
