import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { CLOSE_REASONS, GOVERNANCE_STATUSES } from "@/lib/domain/finding/words";

/** As many neighbours as are looked at: a rule may have fired a hundred thousand times, and nobody reads further. */
export const MOST_LOOKED = 5_000;

const around = z.object({ rule: count, asset: count });

/** How many findings share the rule on other assets, and how many others the asset has; more than MOST_LOOKED are not counted. finding_rule_id_idx, finding_asset_id_tab_…_idx. */
export async function countsAround(db: Db, environment: number, finding: number): Promise<z.output<typeof around>> {
  const found = await row(db, around, sql`
    SELECT (SELECT count(*) FROM (SELECT FROM finding x WHERE x.rule_id = f.rule_id AND x.asset_id <> f.asset_id LIMIT ${MOST_LOOKED + 1}) r) AS rule,
      (SELECT count(*) FROM (SELECT FROM finding x WHERE x.asset_id = f.asset_id AND x.id <> f.id LIMIT ${MOST_LOOKED + 1}) a) AS asset
    FROM finding f WHERE f.environment_id = ${environment} AND f.id = ${finding}`);
  return found ?? { rule: 0, asset: 0 };
}

const precedent = z.object({ governance: z.enum(GOVERNANCE_STATUSES), reason: z.enum(CLOSE_REASONS).nullable(), n: count, number: z.number(), by: z.string().nullable(), at: z.date().nullable() });

/** How the team decided on other findings of the same rule, most often first: each with who decided last, when, and on which one. */
export async function precedentsOf(db: Db, environment: number, finding: number): Promise<z.output<typeof precedent>[]> {
  return rows(db, precedent, sql`
    WITH looked AS MATERIALIZED (
      SELECT x.id, x.number, x.governance_status, x.close_reason, x.decided_at FROM finding f JOIN finding x ON x.rule_id = f.rule_id AND x.id <> f.id
      WHERE f.environment_id = ${environment} AND f.id = ${finding} LIMIT ${MOST_LOOKED}
    ), grouped AS (
      SELECT governance_status, close_reason, count(*) AS n, (array_agg(id ORDER BY decided_at DESC, id DESC))[1] AS newest
      FROM looked WHERE decided_at IS NOT NULL AND governance_status IN ('false_positive', 'accepted_risk', 'resolved') GROUP BY 1, 2
    )
    SELECT g.governance_status AS governance, g.close_reason AS reason, g.n, x.number, e.actor_name AS by, x.decided_at AS at
    FROM grouped g JOIN finding x ON x.id = g.newest LEFT JOIN LATERAL (SELECT e.actor_name FROM audit_event e
      WHERE e.finding_id = g.newest AND e.to_status IS NOT NULL ORDER BY e.sequence DESC LIMIT 1) e ON true
    ORDER BY g.n DESC, 1, 2 LIMIT 6`);
}

const own = z.object({ reason: z.string().nullable(), by: z.string(), at: z.date(), entry: z.string(), revoked: z.boolean() });

/** The dispositions that were recorded on this finding, newest first, the standing one and those that were taken back among them (what took one back may have been taken back itself); at most 6. */
export async function dispositionsOf(db: Db, environment: number, finding: number): Promise<z.output<typeof own>[]> {
  return rows(db, own, sql`
    SELECT b.reason, e.actor_name AS by, e.at, 'e' || e.sequence AS entry, (
      WITH RECURSIVE back AS (SELECT e.action_id, 0 AS depth UNION SELECT r.action_id, depth + 1 FROM back JOIN audit_event r ON r.finding_id = e.finding_id AND r.revokes = back.action_id WHERE depth < 100)
      SELECT max(depth) % 2 = 1 FROM back) AS revoked
    FROM audit_event e JOIN audit_body b USING (sequence)
    WHERE e.environment_id = ${environment} AND e.finding_id = ${finding} AND e.action = 'finding.acknowledged' ORDER BY e.sequence DESC LIMIT 6`);
}

const sights = z.object({ gone: count, back: count, last: z.date().nullable() });

/** How often it went away and came back, as scans saw it, and when it last came back. */
export async function returnsOf(db: Db, environment: number, finding: number): Promise<z.output<typeof sights>> {
  const found = await row(db, sights, sql`
    SELECT count(*) FILTER (WHERE kind = 'unseen') AS gone, count(*) FILTER (WHERE kind = 'refound') AS back, max(at) FILTER (WHERE kind = 'refound') AS last
    FROM scan_change WHERE environment_id = ${environment} AND finding_id = ${finding}`);
  return found ?? { gone: 0, back: 0, last: null };
}
