import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { count, row, rows } from "@/lib/db/rows";
import { COUNTED, LIVE } from "@/lib/db/sql/asset-page";
import { LOOKED } from "@/lib/db/sql/asset-where";
import { EVENT_COLUMNS, eventRow, type StoredEvent } from "@/lib/db/sql/event-row";

const n = z.number();
/** How many detectors of an asset are told, by name; how many there are is told beside them. */
const MOST_DETECTORS = 50;

const scopeRow = z.object({
  id: n, all: count, detector: z.string(), last_scanned: z.date().nullable(), looked: z.date().nullable(),
  live: z.object({ critical: n, high: n, medium: n, low: n, info: n, total: n }),
});
export type StoredScope = z.output<typeof scopeRow>;

/** The detectors that know an asset, with its live findings by each; at most 50, and `all` of them. */
export async function scopesOf(db: Db, environment: number, asset: number): Promise<StoredScope[]> {
  return rows(db, scopeRow, sql`
    SELECT s.id, count(*) OVER () AS "all", d.name AS detector, s.last_scanned, ${LOOKED} AS looked, f.live FROM scope s JOIN detector d ON d.id = s.detector_id
    CROSS JOIN LATERAL (SELECT ${COUNTED} AS live FROM finding f WHERE f.asset_id = s.asset_id AND f.scope_id = s.id AND ${LIVE}) f
    WHERE s.environment_id = ${environment} AND s.asset_id = ${asset} ORDER BY d.name, s.id LIMIT ${MOST_DETECTORS}`);
}

const lookRow = z.object({
  scan: n, scope: n, detector: z.string(), file: z.string(), taken_at: z.date(), covering: z.boolean(), newest: z.boolean(), extent: z.enum(["full", "partial"]),
  live: n, appeared: n, refound: n, vanished: n,
});
export type StoredLook = z.output<typeof lookRow>;

/** The newest looks of each detector at an asset, at most `each` by scope, newest first: scan_scope_scope_id_taken_at_idx read backwards. */
export async function looksAt(db: Db, environment: number, asset: number, each: number): Promise<StoredLook[]> {
  return rows(db, lookRow, sql`
    SELECT l.scan_id AS scan, s.id AS scope, d.name AS detector, u.name AS file, l.taken_at, l.covering, l.newest, c.extent, l.live, l.appeared, l.refound, l.vanished
    FROM (SELECT s.* FROM scope s JOIN detector d ON d.id = s.detector_id WHERE s.environment_id = ${environment} AND s.asset_id = ${asset} ORDER BY d.name, s.id LIMIT ${MOST_DETECTORS}) s
    JOIN detector d ON d.id = s.detector_id
    CROSS JOIN LATERAL (SELECT * FROM scan_scope p WHERE p.scope_id = s.id ORDER BY p.taken_at DESC, p.scan_id DESC LIMIT ${each}) l
    JOIN scan c ON c.id = l.scan_id JOIN upload u ON u.id = c.upload_id
    WHERE c.status = 'completed' ORDER BY l.taken_at DESC, l.scan_id DESC, s.id`);
}

/** The newest events about an asset: audit_event_of_asset read backwards. */
export async function eventsOfAsset(db: Db, environment: number, asset: number, limit: number): Promise<StoredEvent[]> {
  return rows(db, eventRow, sql`SELECT ${EVENT_COLUMNS} FROM audit_event e JOIN audit_body b USING (sequence)
    WHERE e.record_type = 'asset' AND (CASE WHEN e.record_type = 'asset' THEN e.record_number END) = ${asset} AND e.environment_id = ${environment}
    ORDER BY e.sequence DESC LIMIT ${limit}`);
}

const lastRow = z.object({ asset: n, by: z.string(), at: z.date(), sequence: count, actionId: z.string() });

/** Who changed each of these assets last, and when; for those who decided on an older version. */
export async function lastChanges(db: Db, environment: number, assets: readonly number[]): Promise<z.output<typeof lastRow>[]> {
  if (assets.length === 0) return [];
  return rows(db, lastRow, sql`SELECT a.id AS asset, e.actor_name AS by, e.at, e.sequence, e.action_id AS "actionId" FROM unnest(${[...assets]}::int[]) AS a(id)
    CROSS JOIN LATERAL (SELECT * FROM audit_event e WHERE e.record_type = 'asset' AND (CASE WHEN e.record_type = 'asset' THEN e.record_number END) = a.id
      AND e.environment_id = ${environment} ORDER BY e.sequence DESC LIMIT 1) e`);
}

const of = z.object({ actionId: z.string() });

/** The id of an action that said something about assets of this environment, by that id or by the number of one of its entries; null where there is none. */
export async function assetAction(db: Db, environment: number, { actionId = null, event = null }: { actionId?: string | null | undefined; event?: string | null | undefined }): Promise<string | null> {
  const found = await row(db, of, sql`
    SELECT e.action_id AS "actionId" FROM audit_event e
    WHERE e.action_id = coalesce(${actionId}::uuid, (SELECT action_id FROM audit_event WHERE sequence = ${event}::text::bigint)) AND e.environment_id = ${environment} AND e.record_type = 'asset' LIMIT 1`);
  return found?.actionId ?? null;
}

const logged = z.object({ asset: n, action: z.string(), at: z.date(), before: z.unknown() });

/** What an action said about each asset that it named, first entry first: audit_event_action_id_idx. `before` as the log has it. */
export async function editsOf(db: Db, environment: number, actionId: string): Promise<z.output<typeof logged>[]> {
  return rows(db, logged, sql`
    SELECT DISTINCT ON (e.record_number) e.record_number AS asset, e.action, e.at, b.before FROM audit_event e JOIN audit_body b USING (sequence)
    WHERE e.action_id = ${actionId}::uuid AND e.environment_id = ${environment} AND e.record_type = 'asset' ORDER BY e.record_number, e.sequence`);
}
