import { joinSql, sql, type Sql, type Tx } from "@/lib/db/client";
import { layUnread } from "@/lib/db/sql/scan-unread";
import type { DetectorLook } from "@/lib/domain/scan/report";
import type { SlaTable } from "@/lib/domain/sla/table";
import { SEVERITIES } from "@/lib/domain/finding/words";

/** What a scan was asked to be: the options of its request. */
export type ScanOptions = {
  environment: number;
  scan: number;
  extent: "full" | "partial";
  assetName: string | null;
  /** What a partial scan declares; each list that is not empty narrows it further. */
  scopeRules: readonly string[];
  scopePaths: readonly string[];
  scopeFindings: readonly number[];
};

/** Does a partial scan say what it looked at? One that does not covers nothing. */
export function declaresScope({ scopeRules, scopePaths, scopeFindings }: ScanOptions): boolean {
  return scopeRules.length > 0 || scopePaths.length > 0 || scopeFindings.length > 0;
}

/**
 * Opens the scopes of a report: makes what is missing of its detectors, assets, scopes and rules, then locks the scopes
 * in the order of their ids, so that two imports of one scope at once end as if one came after the other.
 * Leaves the tables import_look, import_part, import_scope and import_sla, which live as long as the transaction.
 * Whoever inserts does so sorted and table after table: two imports never wait for each other in a circle.
 */
export async function openScopes(tx: Tx, scan: ScanOptions, looks: readonly DetectorLook[], sla: SlaTable): Promise<void> {
  await writeLooks(tx, scan, looks);
  await writeSla(tx, sla);
  await makeDictionaries(tx, scan);
  await makeScopes(tx, scan);
  await makeRules(tx, scan);
  await tx.$queryRaw(sql`SELECT count(*) FROM (SELECT id FROM scope WHERE id IN (SELECT scope_id FROM import_scope) ORDER BY id FOR UPDATE) held`);
  await tx.$executeRaw(sql`
    UPDATE import_scope i SET prev = s.last_scanned, next = CASE WHEN i.covers THEN greatest(s.last_scanned, i.taken_at) ELSE s.last_scanned END,
      newest = s.last_scanned IS NULL OR i.taken_at >= s.last_scanned
    FROM scope s WHERE s.id = i.scope_id`);
  for (const table of [sql`import_scope`, sql`import_rule`, sql`import_part`, sql`import_look`]) await tx.$executeRaw(sql`ANALYZE ${table}`);
}

async function writeLooks(tx: Tx, scan: ScanOptions, looks: readonly DetectorLook[]): Promise<void> {
  const heads = JSON.stringify(looks.map(({ detector, takenAt, failed, rules, unread, parts }, position) => ({ position, detector, taken_at: takenAt, failed, rules, unread, parts })));
  const assets = JSON.stringify(looks.flatMap((look, position) => look.assets.map(({ name, kind }) => ({ position, name, kind }))));
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_look ON COMMIT DROP AS
    SELECT * FROM jsonb_to_recordset(${heads}::jsonb) AS l(position int, detector text, taken_at timestamptz, failed boolean, rules text[], unread text[], parts int[])`);
  await layUnread(tx);
  await tx.$executeRaw(sql`CREATE TEMP TABLE import_part ON COMMIT DROP AS SELECT position, unnest(parts) AS part FROM import_look`);
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_target ON COMMIT DROP AS
    SELECT position, asset, coalesce(min(kind), 'host') AS kind, bool_or(listed) AS listed FROM (
      SELECT position, name AS asset, kind, true AS listed FROM jsonb_to_recordset(${assets}::jsonb) AS a(position int, name text, kind asset_kind)
      UNION ALL SELECT position, ${scan.assetName}::text, NULL, true FROM import_look WHERE ${scan.assetName}::text IS NOT NULL
      UNION ALL SELECT DISTINCT p.position, s.asset_name, s.asset_kind, false FROM scan_stage s JOIN import_part p USING (part) WHERE s.scan_id = ${scan.scan}
    ) target GROUP BY position, asset`);
}

/** The windows of the policy, as long as the transaction lives. */
export async function writeSla(tx: Tx, { windows, kevResolve }: SlaTable): Promise<void> {
  const lines = SEVERITIES.map((band) => sql`(${band}::severity, ${windows[band].acknowledge}::float8 * interval '1 millisecond',
    ${windows[band].resolve}::float8 * interval '1 millisecond', ${kevResolve}::float8 * interval '1 millisecond')`);
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_sla ON COMMIT DROP AS SELECT * FROM (VALUES ${joinSql(lines)}) AS w(severity, acknowledge, resolve, kev_resolve)`);
}

/** How long the resolve clock of a finding runs; the same as slaWindow in the domain. */
export const resolveWindow: Sql = sql`CASE WHEN f.kev THEN least(w.resolve, w.kev_resolve) ELSE w.resolve END`;

async function makeDictionaries(tx: Tx, { environment }: ScanOptions): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO detector (environment_id, name) SELECT ${environment}, detector FROM import_look ORDER BY detector ON CONFLICT DO NOTHING`);
  await tx.$executeRaw(sql`
    INSERT INTO asset (environment_id, name, kind) SELECT ${environment}, asset, min(kind) FROM import_target t
    WHERE NOT EXISTS (SELECT FROM asset a WHERE a.environment_id = ${environment} AND a.name = t.asset)
    GROUP BY asset ORDER BY asset ON CONFLICT DO NOTHING`);
}

/** A partial scan of named findings looks at their scopes too, whatever assets it names. */
async function makeScopes(tx: Tx, scan: ScanOptions): Promise<void> {
  const { environment } = scan;
  await tx.$executeRaw(sql`
    INSERT INTO scope (environment_id, asset_id, detector_id)
    SELECT ${environment}, a.id, d.id FROM import_target t JOIN import_look l USING (position)
    JOIN asset a ON a.environment_id = ${environment} AND a.name = t.asset JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector
    WHERE NOT EXISTS (SELECT FROM scope s WHERE s.asset_id = a.id AND s.detector_id = d.id)
    ORDER BY a.id, d.id ON CONFLICT DO NOTHING`);
  const full = scan.extent === "full";
  const picks = full ? sql`(l.rules IS NOT NULL OR l.unread <> '{}')` : declaresScope(scan) ? sql`true` : sql`false`;
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_scope ON COMMIT DROP AS
    SELECT s.id AS scope_id, s.asset_id, s.detector_id, l.position, a.name AS asset, l.taken_at, l.failed, l.rules, l.unread <> '{}' AS has_unread,
      ${full}::boolean AND NOT l.failed AND coalesce(t.listed, false) AND l.rules IS NULL AND l.unread = '{}' AS covers,
      NOT l.failed AND ${picks} AND (coalesce(t.listed, false) OR n.scope_id IS NOT NULL) AS picks,
      NULL::timestamptz AS prev, NULL::timestamptz AS next, false AS newest
    FROM import_look l JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector
    JOIN scope s ON s.detector_id = d.id JOIN asset a ON a.id = s.asset_id
    LEFT JOIN import_target t ON t.position = l.position AND t.asset = a.name
    LEFT JOIN (SELECT DISTINCT scope_id FROM finding WHERE environment_id = ${environment} AND number = ANY (${[...scan.scopeFindings]}::int[])) n
      ON n.scope_id = s.id
    WHERE t.position IS NOT NULL OR n.scope_id IS NOT NULL`);
}

async function makeRules(tx: Tx, { environment, scan }: ScanOptions): Promise<void> {
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_rule ON COMMIT DROP AS
    SELECT d.id AS detector_id, r.rule_key AS key, s.rule_name AS name, s.rule_help AS help, NULL::int AS rule_id FROM (
      SELECT p.position, st.rule_key, min(st.row) AS row FROM scan_stage st JOIN import_part p USING (part)
      WHERE st.scan_id = ${scan} GROUP BY p.position, st.rule_key
    ) r JOIN import_look l USING (position) JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector
    JOIN scan_stage s ON s.scan_id = ${scan} AND s.row = r.row`);
  await tx.$executeRaw(sql`
    INSERT INTO rule (environment_id, detector_id, key, name, help) SELECT ${environment}, detector_id, key, name, help FROM import_rule i
    WHERE NOT EXISTS (SELECT FROM rule r WHERE r.detector_id = i.detector_id AND r.key = i.key)
    ORDER BY detector_id, key ON CONFLICT DO NOTHING`);
  await tx.$executeRaw(sql`UPDATE import_rule i SET rule_id = r.id FROM rule r WHERE r.detector_id = i.detector_id AND r.key = i.key`);
}
