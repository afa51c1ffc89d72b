import { sql, type Sql } from "@/lib/db/client";
import { every, literal, some } from "@/lib/db/sql/matching";
import type { AssetFilter } from "@/lib/domain/asset/input";
import type { Coverage, LifeStage } from "@/lib/domain/asset/words";

const DAY = 86_400_000;

const STAGES: Record<LifeStage, (today: string) => Sql> = {
  in_service: () => sql`a.decommission_on IS NULL`,
  retiring: (today) => sql`a.decommission_on > ${today}::date`,
  retired: (today) => sql`a.decommission_on <= ${today}::date`,
};

/** When anything last looked at a scope `s`, whether or not it covered it whole: an asset that one check is asked of each night is no asset that nobody scans. */
export const LOOKED: Sql = sql`greatest(s.last_scanned, s.looked_at)`;

/** The scopes that coverage is judged by: all, or those of some detectors. */
function scopes(detectors: readonly string[], environment: number, more: Sql): Sql {
  const named = detectors.length === 0 ? sql`TRUE` : sql`s.detector_id = ANY(ARRAY(SELECT id FROM detector WHERE environment_id = ${environment} AND name = ANY(${[...detectors]}::text[])))`;
  return sql`EXISTS (SELECT FROM scope s WHERE s.asset_id = a.id AND ${named} AND ${more})`;
}

function covered(coverage: Coverage, { detector, days }: AssetFilter, environment: number, now: Date): Sql {
  const since = new Date(now.getTime() - days * DAY);
  const lately = scopes(detector, environment, sql`${LOOKED} >= ${since}`);
  const ever = scopes(detector, environment, sql`${LOOKED} IS NOT NULL`);
  if (coverage === "scanned") return lately;
  return coverage === "never" ? sql`NOT ${ever}` : sql`(${ever} AND NOT ${lately})`;
}

/** One of these values, or none at all where "none" is among them. */
function oneOf(column: Sql, values: readonly string[]): Sql {
  return some([sql`${column} = ANY(${[...values]}::text[])`, ...(values.includes("none") ? [sql`${column} IS NULL`] : [])]);
}

/** A day as PostgreSQL reads it, in UTC: decommission dates are days. */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** By its own name (asset_name_trgm from three letters on) or another one; few assets have such, and those are gone through. */
const searched = (like: string): Sql => sql`(a.name ILIKE ${like} OR (a.other_names <> '{}' AND EXISTS (SELECT FROM unnest(a.other_names) AS other WHERE other ILIKE ${like})))`;

/** Which assets `a` of the environment a filter leaves. */
export function assetsWhere(environment: number, filter: AssetFilter, now: Date): Sql {
  const { q, kind, exposure, sensitivity, team, owner, stage, coverage, detector } = filter;
  const today = dayOf(now);
  return every([
    sql`a.environment_id = ${environment}`,
    ...(q === "" ? [] : [searched(`%${literal(q)}%`)]),
    ...(kind.length === 0 ? [] : [sql`a.kind = ANY(${kind}::asset_kind[])`]),
    ...(exposure.length === 0 ? [] : [sql`a.exposure = ANY(${exposure}::text[])`]),
    ...(sensitivity.length === 0 ? [] : [sql`a.sensitivity = ANY(${sensitivity}::text[])`]),
    ...(team.length === 0 ? [] : [oneOf(sql`a.team`, team)]),
    ...(owner.length === 0 ? [] : [oneOf(sql`a.owner`, owner)]),
    ...(stage.length === 0 ? [] : [some(stage.map((each) => STAGES[each](today)))]),
    ...(coverage.length === 0 ? [] : [some(coverage.map((each) => covered(each, filter, environment, now)))]),
    ...(coverage.length > 0 || detector.length === 0 ? [] : [scopes(detector, environment, sql`TRUE`)]),
  ]);
}
