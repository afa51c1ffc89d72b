import { z } from "zod";
import { sql, type Db, type Sql } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { ACTOR_TYPES } from "@/lib/db/sql/event-row";
import { BULK_CATEGORIES, BULK_STATUSES, type BulkCategory } from "@/lib/domain/bulk/words";
import { GOVERNANCE_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";
import { BULK_OUTCOMES } from "@/lib/domain/records/bulk";

const stored = z.object({
  id: z.number(), status: z.enum(BULK_STATUSES), total: z.number(), done: z.number(), changed: z.number(), requested: z.number(), skipped: z.unknown(),
  undoUntil: z.date().nullable(), undoOf: z.number().nullable(), undoneBy: z.number().nullable(), undoFits: z.boolean(),
  actorType: z.enum(ACTOR_TYPES), actorId: z.string(), actorName: z.string(), action: z.unknown(), filter: z.unknown().nullable(),
  asOf: z.date().nullable(), createdAt: z.date(), startedAt: z.date().nullable(), finishedAt: z.date().nullable(), error: z.string().nullable(),
});
export type BulkRow = z.output<typeof stored>;

/** Takes one back, or has done so; what was cancelled midway, broke off or found nothing to take back leaves it standing. */
const TAKES_BACK = sql`(u.status IN ('queued', 'running', 'paused') OR (u.status = 'completed' AND u.changed > 0))`;

const COLUMNS = sql`b.id, b.status, b.total, b.done, b.changed, b.requested, b.skipped, b.undo_until AS "undoUntil", b.undo_of AS "undoOf",
  (SELECT max(u.id) FROM bulk u WHERE u.undo_of = b.id AND u.environment_id = b.environment_id AND ${TAKES_BACK}) AS "undoneBy", coalesce(b.undo_until > docket_now(), false) AS "undoFits",
  b.actor_type AS "actorType", b.actor_id AS "actorId", b.actor_name AS "actorName", b.action, b.filter, b.as_of AS "asOf", b.created_at AS "createdAt",
  b.started_at AS "startedAt", b.finished_at AS "finishedAt", b.error`;

export async function bulkById(db: Db, environment: number, id: number): Promise<BulkRow | null> {
  return row(db, stored, sql`SELECT ${COLUMNS} FROM bulk b WHERE b.environment_id = ${environment} AND b.id = ${id}`);
}

/** Bulk actions, newest first, without previews. `mine`: of this actor, and those that run or ended since. */
export async function bulksOf(db: Db, environment: number, asked: { before: number | null; limit: number; mine: { type: string; id: string; since: Date } | null }): Promise<BulkRow[]> {
  const { before, limit, mine } = asked;
  const whose = mine ? sql`b.actor_type = ${mine.type}::actor_type AND b.actor_id = ${mine.id} AND b.as_of IS NOT NULL
    AND (b.finished_at IS NULL OR b.finished_at > ${mine.since})` : sql`TRUE`;
  return rows(db, stored, sql`SELECT ${COLUMNS} FROM bulk b WHERE b.environment_id = ${environment} AND b.status <> 'previewed' AND ${whose}
    AND (${before}::int IS NULL OR b.id < ${before}::int) ORDER BY b.id DESC LIMIT ${limit}`);
}

const group = z.object({ code: z.enum(BULK_CATEGORIES), why: z.string().nullable(), next: z.string().nullable(), from: z.enum(GOVERNANCE_STATUSES).nullable(), to: z.enum(GOVERNANCE_STATUSES).nullable(), n: count });

/** What would become of a frozen set: kinds that fare alike put together. */
export async function plannedGroups(db: Db, bulk: number): Promise<z.output<typeof group>[]> {
  return rows(db, group, sql`
    SELECT category AS code, why, next, from_status AS from, to_status AS to, sum(n) AS n FROM bulk_kind WHERE bulk_id = ${bulk} GROUP BY 1, 2, 3, 4, 5
    UNION ALL SELECT 'moved', NULL, NULL, NULL, NULL, count(*) FROM bulk_item WHERE bulk_id = ${bulk} AND kind IS NULL
      AND EXISTS (SELECT FROM bulk b WHERE b.id = ${bulk} AND b.undo_of IS NULL) HAVING count(*) > 0
    ORDER BY n DESC, 1, 2 LIMIT 1000`);
}

/** What came of it otherwise than changed, by its heading. */
export async function leftGroups(db: Db, bulk: number): Promise<z.output<typeof group>[]> {
  return rows(db, group, sql`
    SELECT code, NULL AS why, NULL AS next, NULL AS from, NULL AS to, count(*) AS n FROM bulk_item WHERE bulk_id = ${bulk} AND outcome IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1`);
}

const item = z.object({
  id: z.number(), number: z.number(), title: z.string(), asset: z.string(), severity: z.enum(SEVERITIES), version: z.number(),
  outcome: z.enum(BULK_OUTCOMES), code: z.enum(BULK_CATEGORIES), why: z.string().nullable(), next: z.string().nullable(),
});
export type BulkItemRow = z.output<typeof item>;

export type ItemsAsked = { code?: BulkCategory | null | undefined; outcome?: (typeof BULK_OUTCOMES)[number] | null | undefined; after: number; limit: number };

const OUTCOME = sql`CASE WHEN b.status = 'previewed' THEN 'planned' WHEN i.outcome IS NOT NULL THEN i.outcome::text WHEN i.finding_id <= b.reached THEN 'changed' ELSE 'waiting' END`;
const CODE = sql`CASE WHEN i.code IS NOT NULL THEN i.code WHEN b.status <> 'previewed' AND i.finding_id <= b.reached THEN 'changes'
  WHEN b.undo_of IS NOT NULL THEN 'changes' ELSE coalesce(k.category, 'moved') END`;

function narrowed({ code, outcome }: ItemsAsked): Sql {
  const byCode = code ? sql`${CODE} = ${code}` : sql`TRUE`;
  if (outcome === "skipped" || outcome === "requested") return sql`i.outcome = ${outcome}::bulk_outcome AND ${byCode}`;
  return outcome ? sql`${OUTCOME} = ${outcome} AND ${byCode}` : byCode;
}

/** Findings of the set by what becomes, or became, of them; by id, off the primary key. */
export async function bulkItems(db: Db, environment: number, bulk: number, asked: ItemsAsked): Promise<BulkItemRow[]> {
  return rows(db, item, sql`
    SELECT i.finding_id AS id, f.number, f.title, a.name AS asset, f.calibrated AS severity, i.version, ${OUTCOME} AS outcome, ${CODE} AS code,
      CASE WHEN i.why IS NOT NULL THEN i.why WHEN b.status = 'previewed' OR i.finding_id > b.reached THEN k.why END AS why,
      CASE WHEN b.status = 'previewed' THEN k.next END AS next
    FROM bulk_item i JOIN bulk b ON b.id = i.bulk_id LEFT JOIN bulk_kind k ON k.bulk_id = i.bulk_id AND k.kind = i.kind
    JOIN finding f ON f.id = i.finding_id JOIN asset a ON a.id = f.asset_id
    WHERE i.environment_id = ${environment} AND i.bulk_id = ${bulk} AND i.finding_id > ${asked.after} AND ${narrowed(asked)}
    ORDER BY i.finding_id LIMIT ${asked.limit}`);
}
