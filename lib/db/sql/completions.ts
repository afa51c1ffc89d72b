import { z } from "zod";
import { sql, type Db, type Sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { literal } from "@/lib/db/sql/matching";
import type { LiveSource } from "@/lib/domain/filter/fields";
import { cleanTag } from "@/lib/domain/finding/clean-tag";

/** How many values are offered at most. */
const MOST = 12;
/** How many are looked through for what begins with the typed text; and of how many of the newest findings values are offered that stand in no table of their own. */
const LOOKED_AT = 500;
const NEWEST = 20_000;

const offered = z.object({ value: z.string(), label: z.string().nullable() });
export type OfferedValue = z.output<typeof offered>;

type Typed = { environment: number; like: string; prefix: string };

const assetsBy = (column: Sql, { environment, like }: Typed) =>
  sql`SELECT DISTINCT ${column} AS value, NULL::text AS label FROM asset WHERE environment_id = ${environment} AND ${column} ILIKE ${like} LIMIT ${LOOKED_AT}`;

/**
 * Values of the newest findings. An index over lists cannot be asked for beginnings, and one over all texts would be paid for by every import: so these
 * are looked through, never more of them, off the index by environment and id.
 */
const ofNewest = (values: Sql, { environment, like }: Typed) => sql`SELECT DISTINCT value, NULL::text AS label
  FROM (SELECT * FROM finding WHERE environment_id = ${environment} ORDER BY id DESC LIMIT ${NEWEST}) f CROSS JOIN LATERAL (SELECT ${values} AS value) v
  WHERE value ILIKE ${like} LIMIT ${LOOKED_AT}`;

/** Assets by any of their names; of one that is not its own the label says whose it is. */
const hostsBy = ({ environment, like }: Typed) => sql`SELECT value, min(label) AS label FROM (
    (SELECT name AS value, NULL::text AS label FROM asset WHERE environment_id = ${environment} AND name ILIKE ${like} LIMIT ${LOOKED_AT})
    UNION ALL (SELECT other, a.name FROM asset a CROSS JOIN LATERAL unnest(a.other_names) AS other
      WHERE a.environment_id = ${environment} AND a.other_names <> '{}' AND other ILIKE ${like} LIMIT ${LOOKED_AT})) named GROUP BY value`;

const SOURCES: Record<LiveSource, (typed: Typed) => Sql> = {
  asset: (typed) => assetsBy(sql`name`, typed),
  host: hostsBy,
  owner: (typed) => assetsBy(sql`owner`, typed),
  team: (typed) => assetsBy(sql`team`, typed),
  detector: ({ environment, like }) => sql`SELECT name AS value, NULL::text AS label FROM detector WHERE environment_id = ${environment} AND name ILIKE ${like} LIMIT ${LOOKED_AT}`,
  rule: ({ environment, like }) => sql`SELECT key AS value, name AS label FROM rule WHERE environment_id = ${environment} AND (key ILIKE ${like} OR name ILIKE ${like}) LIMIT ${LOOKED_AT}`,
  // Tools that look for known vulnerabilities name their checks after them, others by numbers of their own.
  cve: (typed) => sql`(SELECT DISTINCT key AS value, NULL::text AS label FROM rule WHERE environment_id = ${typed.environment} AND key LIKE 'CVE-%' AND key ILIKE ${typed.like} LIMIT ${LOOKED_AT})
    UNION (${ofNewest(sql`unnest(f.cve)`, typed)})`,
  ghsa: (typed) => ofNewest(sql`unnest(f.ghsa)`, typed),
  component: (typed) => ofNewest(sql`f.component`, typed),
  category: ({ environment, like }) =>
    sql`SELECT category AS value, NULL::text AS label FROM queue_tally WHERE environment_id = ${environment} AND category <> '' AND category ILIKE ${like} GROUP BY category HAVING sum(n) > 0 LIMIT ${LOOKED_AT}`,
  tag: ({ environment, like }) => sql`SELECT t.tag AS value, NULL::text AS label FROM (
      SELECT tags FROM finding WHERE environment_id = ${environment} AND tags <> '{}' ORDER BY id DESC LIMIT ${NEWEST}) f CROSS JOIN LATERAL unnest(f.tags) AS t(tag)
    WHERE t.tag ILIKE ${like} GROUP BY t.tag LIMIT ${LOOKED_AT}`,
  person: ({ environment, like }) => sql`SELECT p.email AS value, p.name AS label FROM membership m JOIN person p ON p.id = m.person_id
    WHERE m.environment_id = ${environment} AND m.active AND p.disabled_at IS NULL AND (p.name ILIKE ${like} OR p.email ILIKE ${like}) LIMIT ${LOOKED_AT}`,
  // From one name to the next, each a step down the index: never through all findings.
  package: ({ environment, prefix }) => sql`WITH RECURSIVE each(value) AS (
      (SELECT package FROM finding WHERE environment_id = ${environment} AND package >= ${prefix} ORDER BY package LIMIT 1)
      UNION ALL SELECT (SELECT f.package FROM finding f WHERE f.environment_id = ${environment} AND f.package > each.value ORDER BY f.package LIMIT 1)
        FROM each WHERE each.value LIKE ${`${literal(prefix)}%`})
    SELECT value, NULL::text AS label FROM each WHERE value LIKE ${`${literal(prefix)}%`} LIMIT ${MOST}`,
};

/** Values of the environment that hold the typed text, those that begin with it first; at most twelve. */
export async function completionsOf(db: Db, environment: number, source: LiveSource, text: string): Promise<OfferedValue[]> {
  const prefix = source === "tag" ? cleanTag(text) : text;
  const typed = { environment, prefix, like: `%${literal(prefix)}%` };
  return rows(db, offered, sql`SELECT value, label FROM (${SOURCES[source](typed)}) found
    ORDER BY value NOT ILIKE ${`${literal(prefix)}%`}, value LIMIT ${MOST}`);
}
