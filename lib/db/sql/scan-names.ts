import { sql, type Sql } from "@/lib/db/client";
import { MOST_OTHER_NAMES, type DetectorLook } from "@/lib/domain/scan/report";

/** What else the looks of a report call their assets, as its heads carry it; most say nothing of it. */
export function calledBy({ assets }: DetectorLook): { asset: string; names: readonly string[] }[] {
  return assets.flatMap(({ name, otherNames = [] }) => (otherNames.length === 0 ? [] : [{ asset: name, names: otherNames }]));
}

/** The other names of each asset of the report, sorted: what is new of them is written with a new asset, or added to a known one. */
export const calledTable: Sql = sql`CREATE TEMP TABLE import_called ON COMMIT DROP AS
  SELECT asset, (array_agg(DISTINCT other ORDER BY other))[1:${MOST_OTHER_NAMES}] AS other_names
  FROM import_look, jsonb_to_recordset(called) AS c(asset text, names text[]), unnest(names) AS other WHERE other <> asset GROUP BY asset`;

/**
 * Adds to known assets the names that they do not have yet; none is ever taken away, and an asset that lacks none is not written. Locked in the order
 * of their ids first: two imports never wait for each other in a circle, and the second one adds to what the first wrote.
 */
export function keepNames(environment: number): Sql[] {
  const lacking = sql`a.environment_id = ${environment} AND a.name = c.asset AND NOT a.other_names @> c.other_names AND cardinality(a.other_names) < ${MOST_OTHER_NAMES}`;
  return [
    sql`SELECT count(*) FROM (SELECT a.id FROM asset a, import_called c WHERE ${lacking} ORDER BY a.id FOR NO KEY UPDATE OF a) held`,
    sql`UPDATE asset a SET other_names = (a.other_names || ARRAY(SELECT other FROM unnest(c.other_names) AS other WHERE other <> ALL (a.other_names) ORDER BY other))[1:${MOST_OTHER_NAMES}]
      FROM import_called c WHERE ${lacking}`,
  ];
}
