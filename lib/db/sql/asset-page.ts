import { z } from "zod";
import { emptySql, sql, type Db, type Sql } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { assetsWhere, dayOf, LOOKED } from "@/lib/db/sql/asset-where";
import type { AssetFilter, AssetSort } from "@/lib/domain/asset/input";
import { ASSET_KINDS, EXPOSURES, SENSITIVITIES } from "@/lib/domain/asset/words";

const n = z.number();
const live = z.object({ critical: n, high: n, medium: n, low: n, info: n, total: n });
export type StoredLive = z.output<typeof live>;

const assetRow = z.object({
  id: n, name: z.string(), other_names: z.array(z.string()), kind: z.enum(ASSET_KINDS), exposure: z.enum(EXPOSURES), sensitivity: z.enum(SENSITIVITIES),
  owner: z.string().nullable(), team: z.string().nullable(), decommission_on: z.string().nullable(), version: n, created_at: z.date(),
  exposure_rank: n, sensitivity_rank: n,
  detectors: z.array(z.object({ detector: z.string(), at: z.string().nullable(), looked: z.string().nullable() })), live,
});
export type StoredAsset = z.output<typeof assetRow>;

/** Detected, and not closed by a decision: read off finding_asset_id_tab_effective_calibrated_id_idx alone. */
export const LIVE = sql`f.tab IN ('needs_review', 'investigating', 'accepted_risk')`;

/** Counts of findings `f` by the team's severity, as one object. */
export const COUNTED = sql`json_build_object('critical', count(*) FILTER (WHERE f.calibrated = 'critical'), 'high', count(*) FILTER (WHERE f.calibrated = 'high'),
  'medium', count(*) FILTER (WHERE f.calibrated = 'medium'), 'low', count(*) FILTER (WHERE f.calibrated = 'low'),
  'info', count(*) FILTER (WHERE f.calibrated = 'info'), 'total', count(*))`;

/** An instant as JSON text in UTC, to the millisecond. */
export const instantText = (column: Sql): Sql => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The rows of `page` with what scans and findings say about each; the findings are counted for these rows alone. */
function told(page: Sql, order: Sql): Sql {
  return sql`WITH page AS MATERIALIZED (${page})
    SELECT a.id, a.name, a.other_names, a.kind, a.exposure, a.sensitivity, a.owner, a.team, a.decommission_on::text, a.version, a.created_at, a.exposure_rank, a.sensitivity_rank,
      coalesce(s.detectors, '[]'::json) AS detectors, f.live
    FROM page a
    LEFT JOIN LATERAL (SELECT json_agg(json_build_object('detector', x.name, 'at', x.at, 'looked', x.looked) ORDER BY x.name) AS detectors FROM (
      SELECT d.name, ${instantText(sql`s.last_scanned`)} AS at, ${instantText(LOOKED)} AS looked FROM scope s JOIN detector d ON d.id = s.detector_id WHERE s.asset_id = a.id ORDER BY d.name LIMIT 50) x) s ON TRUE
    CROSS JOIN LATERAL (SELECT ${COUNTED} AS live FROM finding f WHERE f.asset_id = a.id AND ${LIVE}) f
    ORDER BY ${order}`;
}

/** Each order and where the page after a row begins. All are read off an index that begins with the environment; names are unique in it. */
const ORDERS: Record<AssetSort, { by: Sql; after: (last: AssetPlace) => Sql }> = {
  name: { by: sql`a.name`, after: (last) => sql`a.name > ${last.name}` },
  "-name": { by: sql`a.name DESC`, after: (last) => sql`a.name < ${last.name}` },
  exposed: {
    by: sql`a.exposure_rank, a.sensitivity_rank, a.name`,
    after: (last) => sql`(a.exposure_rank, a.sensitivity_rank, a.name) > (${last.exposure}::smallint, ${last.sensitivity}::smallint, ${last.name})`,
  },
  newest: { by: sql`a.id DESC`, after: (last) => sql`a.id < ${last.id}` },
};

/** Where a page ends, whatever its order. */
export type AssetPlace = { id: number; name: string; exposure: number; sensitivity: number };

/** One page of the inventory. */
export async function assetPage(db: Db, environment: number, filter: AssetFilter, now: Date, { after, limit }: { after: AssetPlace | null; limit: number }): Promise<StoredAsset[]> {
  const { by, after: beyond } = ORDERS[filter.sort];
  const from = after === null ? emptySql : sql`AND ${beyond(after)}`;
  return rows(db, assetRow, told(sql`SELECT a.* FROM asset a WHERE ${assetsWhere(environment, filter, now)} ${from} ORDER BY ${by} LIMIT ${limit}`, by));
}

/** These assets of the environment, by name. */
export async function assetsById(db: Db, environment: number, ids: readonly number[]): Promise<StoredAsset[]> {
  return rows(db, assetRow, told(sql`SELECT a.* FROM asset a WHERE a.environment_id = ${environment} AND a.id = ANY(${[...ids]}::int[])`, sql`a.name`));
}

/** How many assets a filter leaves. */
export async function assetTotal(db: Db, environment: number, filter: AssetFilter, now: Date): Promise<number> {
  const found = await row(db, z.object({ n: count }), sql`SELECT count(*) AS n FROM asset a WHERE ${assetsWhere(environment, filter, now)}`);
  return found?.n ?? 0;
}

/** Identity and version of what a filter leaves, by name, at most `limit`. */
export async function matchingAssets(db: Db, environment: number, filter: AssetFilter, now: Date, limit: number): Promise<{ id: number; version: number }[]> {
  return rows(db, z.object({ id: n, version: n }), sql`SELECT a.id, a.version FROM asset a WHERE ${assetsWhere(environment, filter, now)} ORDER BY a.name LIMIT ${limit}`);
}

/** Assets in service, and how many of them a scan has looked at since, full or partial. */
export async function assetCoverage(db: Db, environment: number, now: Date, since: Date): Promise<{ all: number; scanned: number }> {
  const found = await row(db, z.object({ all: count, scanned: count }), sql`
    SELECT count(*) AS all, count(*) FILTER (WHERE EXISTS (SELECT FROM scope s WHERE s.asset_id = a.id AND ${LOOKED} >= ${since})) AS scanned
    FROM asset a WHERE a.environment_id = ${environment} AND (a.decommission_on IS NULL OR a.decommission_on > ${dayOf(now)}::date)`);
  return found ?? { all: 0, scanned: 0 };
}

const facet = z.object({ value: z.string(), count });

/** The teams, owners and detectors that can be asked for, most assets first, at most 200 each. */
export async function assetFacets(db: Db, environment: number): Promise<{ team: z.output<typeof facet>[]; owner: z.output<typeof facet>[]; detector: string[] }> {
  const by = (column: Sql) => rows(db, facet, sql`SELECT ${column} AS value, count(*) AS count FROM asset a WHERE a.environment_id = ${environment} AND ${column} IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200`);
  const [team, owner, detectors] = await Promise.all([
    by(sql`a.team`), by(sql`a.owner`), rows(db, z.object({ name: z.string() }), sql`SELECT name FROM detector WHERE environment_id = ${environment} ORDER BY name LIMIT 200`),
  ]);
  return { team, owner, detector: detectors.map(({ name }) => name) };
}
