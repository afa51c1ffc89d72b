import { joinSql, sql, trustedSql, type Sql, type Tx } from "@/lib/db/client";
import { inOneGo } from "@/lib/db/one-go";
import { lookedPorts } from "@/lib/db/sql/scan-ports";
import { calledBy, calledTable } from "@/lib/db/sql/scan-names";
import { unreadFiles } from "@/lib/db/sql/scan-unread";
import type { DetectorLook } from "@/lib/domain/scan/report";
import type { SlaTable } from "@/lib/domain/sla/table";
import { SEVERITIES } from "@/lib/domain/finding/words";

/** What a scan was asked to be: the options of its request. */
export type ScanOptions = {
  environment: number;
  scan: number;
  extent: "full" | "partial";
  /** It was sent as a look at all that it names, in a format that cannot prove its end: it counts as partial. */
  unproven: boolean;
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
  await inOneGo(tx, [
    ...looksTables(scan, looks), slaTable(sla), ...dictionaries(scan), ...scopes(scan), ...rules(scan),
    sql`SELECT count(*) FROM (SELECT id FROM scope WHERE id IN (SELECT scope_id FROM import_scope) ORDER BY id FOR UPDATE) held`,
    sql`SET LOCAL work_mem = '64MB'`, // what ran is asked by hash, however many there are
    sql`ANALYZE import_scope, import_look, import_ran`, // asked by the next statement; of the scopes what is filled in later is asked by no plan
    asGoodAsWhole(scan), // of scopes that are held: what another import finds there meanwhile counts
    sql`UPDATE import_scope i SET prev = s.last_scanned, next = CASE WHEN i.covers THEN greatest(s.last_scanned, i.taken_at) ELSE s.last_scanned END,
        newest = s.last_scanned IS NULL OR i.taken_at >= s.last_scanned
      FROM scope s WHERE s.id = i.scope_id`,
    sql`ANALYZE import_rule, import_part`,
  ]);
}

/** The texts of a report go in as values of the first statement; the others know them by its table. */
function looksTables({ scan, assetName }: ScanOptions, looks: readonly DetectorLook[]): Sql[] {
  const heads = JSON.stringify(looks.map((look, position) => {
    const { detector, takenAt, failed, rules, ports, unread, rejected, parts, assets } = look;
    return { position, detector, taken_at: takenAt, failed, rules, ports, unread, rejected, parts, assets: assets.map(({ name, kind }) => ({ name, kind })), called: calledBy(look), named: assetName };
  }));
  return [
    sql`CREATE TEMP TABLE import_look ON COMMIT DROP AS
      SELECT * FROM jsonb_to_recordset(${heads}::jsonb)
        AS l(position int, detector text, taken_at timestamptz, failed boolean, rules text[], ports jsonb, unread text[], rejected int, parts int[], assets jsonb, called jsonb, named text)`,
    calledTable, ...unreadFiles, ...lookedPorts,
    sql`CREATE TEMP TABLE import_part ON COMMIT DROP AS SELECT position, unnest(parts) AS part FROM import_look`,
    sql`CREATE TEMP TABLE import_target ON COMMIT DROP AS
      SELECT position, asset, coalesce(min(kind), 'host') AS kind, bool_or(listed) AS listed FROM (
        SELECT position, name AS asset, kind, true AS listed FROM import_look, jsonb_to_recordset(assets) AS a(name text, kind asset_kind)
        UNION ALL SELECT position, named, NULL, true FROM import_look l WHERE named IS NOT NULL AND (assets = '[]' OR EXISTS (
          SELECT FROM scan_stage s JOIN import_part p USING (part) WHERE s.scan_id = ${scan} AND p.position = l.position AND s.asset_name = l.named))
        UNION ALL SELECT DISTINCT p.position, s.asset_name, s.asset_kind, false FROM scan_stage s JOIN import_part p USING (part) WHERE s.scan_id = ${scan}
      ) target GROUP BY position, asset`,
  ];
}

/** The windows of the policy, as long as the transaction lives. */
export function slaTable({ windows, kevResolve }: SlaTable): Sql {
  const lines = SEVERITIES.map((band) => sql`(${trustedSql(`'${band}'`)}::severity, ${windows[band].acknowledge}::float8 * interval '1 millisecond',
    ${windows[band].resolve}::float8 * interval '1 millisecond', ${kevResolve}::float8 * interval '1 millisecond')`);
  return sql`CREATE TEMP TABLE import_sla ON COMMIT DROP AS SELECT * FROM (VALUES ${joinSql(lines)}) AS w(severity, acknowledge, resolve, kev_resolve)`;
}

/** How long the resolve clock of a finding runs; the same as slaWindow in the domain. */
export const resolveWindow: Sql = sql`CASE WHEN f.kev THEN least(w.resolve, w.kev_resolve) ELSE w.resolve END`;

function dictionaries({ environment }: ScanOptions): Sql[] {
  return [
  sql`INSERT INTO detector (environment_id, name) SELECT ${environment}, detector FROM import_look ORDER BY detector ON CONFLICT DO NOTHING`,
  sql`INSERT INTO asset (environment_id, name, kind, other_names) SELECT ${environment}, asset, min(kind), coalesce(min(other_names), '{}')
    FROM import_target t LEFT JOIN import_called c USING (asset)
    WHERE NOT EXISTS (SELECT FROM asset a WHERE a.environment_id = ${environment} AND a.name = t.asset)
    GROUP BY asset ORDER BY asset ON CONFLICT DO NOTHING`,
  ];
}

/**
 * A partial scan of named findings looks at their scopes too, whatever assets it names. A look that failed, or of which rows could not be read,
 * covers nothing and picks nothing: any of what it does not hold may be in what nobody read.
 */
function scopes(scan: ScanOptions): Sql[] {
  const { environment } = scan;
  const full = scan.extent === "full";
  const named = sql`(SELECT DISTINCT scope_id FROM finding WHERE environment_id = ${environment} AND number = ANY (${[...scan.scopeFindings]}::int[]))`;
  const detected = sql`import_look l JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector`;
  const looked = scan.scopeFindings.length > 0
    ? sql`${detected} JOIN scope s ON s.detector_id = d.id JOIN asset a ON a.id = s.asset_id
      LEFT JOIN import_target t ON t.position = l.position AND t.asset = a.name LEFT JOIN ${named} n ON n.scope_id = s.id
      WHERE t.position IS NOT NULL OR n.scope_id IS NOT NULL`
    : sql`${detected} JOIN import_target t USING (position) JOIN asset a ON a.environment_id = ${environment} AND a.name = t.asset
      JOIN scope s ON s.asset_id = a.id AND s.detector_id = d.id`;
  const listed = scan.scopeFindings.length > 0 ? sql`(coalesce(t.listed, false) OR n.scope_id IS NOT NULL)` : sql`t.listed`;
  const picks = full ? sql`(l.rules IS NOT NULL OR l.ports IS NOT NULL OR l.unread <> '{}')` : declaresScope(scan) ? sql`true` : sql`false`;
  return [
  sql`INSERT INTO scope (environment_id, asset_id, detector_id)
    SELECT ${environment}, a.id, d.id FROM import_target t JOIN import_look l USING (position)
    JOIN asset a ON a.environment_id = ${environment} AND a.name = t.asset JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector
    WHERE NOT EXISTS (SELECT FROM scope s WHERE s.asset_id = a.id AND s.detector_id = d.id)
    ORDER BY a.id, d.id ON CONFLICT DO NOTHING`,
  sql`CREATE TEMP TABLE import_scope ON COMMIT DROP AS
    SELECT s.id AS scope_id, s.asset_id, s.detector_id, l.position, a.name AS asset, l.taken_at, l.failed, l.rules IS NOT NULL AS lists_checks, l.ports IS NOT NULL AS lists_ports, l.unread <> '{}' AS has_unread,
      ${full}::boolean AND NOT l.failed AND l.rejected = 0 AND coalesce(t.listed, false) AND l.rules IS NULL AND l.ports IS NULL AND l.unread = '{}' AS covers,
      NOT l.failed AND l.rejected = 0 AND ${picks} AND ${listed} AS picks,
      NULL::timestamptz AS prev, NULL::timestamptz AS next, false AS newest
    FROM ${looked}`,
  ];
}

/** A list of fewer checks is one of somebody's choice. */
const WHOLE_LIST = 10_000;

/**
 * A report that lists the checks that ran, ten thousand and more, among them those of all that is detected in a scope, is as good as a whole one there: the scope
 * is covered, as by any full scan, and not finding by finding. Checks leave a feed every week: what they once found keeps its own scope from that, and no other.
 */
const asGoodAsWhole = ({ extent }: ScanOptions): Sql => sql`
  WITH unasked AS MATERIALIZED (
    SELECT DISTINCT i.position, i.scope_id FROM import_scope i JOIN finding f ON f.scope_id = i.scope_id
    WHERE f.scope_id = ANY (ARRAY(SELECT o.scope_id FROM import_scope o JOIN import_look l USING (position) WHERE o.picks AND cardinality(l.rules) >= ${WHOLE_LIST}))
      AND f.scanner_status <> 'closed' AND (i.position, f.rule_id) NOT IN (SELECT position, rule_id FROM import_ran)
  )
  UPDATE import_scope i SET covers = true, picks = false FROM import_look l WHERE l.position = i.position AND cardinality(l.rules) >= ${WHOLE_LIST}
    AND ${extent === "full"}::boolean AND i.picks AND i.lists_checks AND NOT i.lists_ports AND NOT i.has_unread
    AND (i.position, i.scope_id) NOT IN (SELECT position, scope_id FROM unasked)`;

/** What a check is called is the report's first word of it. Its texts are wide: they are read where they are new or may differ. */
function rules({ environment, scan }: ScanOptions): Sql[] {
  return [
  sql`CREATE TEMP TABLE import_rule ON COMMIT DROP AS
    SELECT r.detector_id, r.rule_key AS key, r.row, k.id AS rule_id FROM (
      SELECT d.id AS detector_id, st.rule_key, min(st.row) AS row FROM scan_stage st JOIN import_part p USING (part) JOIN import_look l USING (position)
      JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector WHERE st.scan_id = ${scan} GROUP BY d.id, st.rule_key
    ) r LEFT JOIN rule k ON k.detector_id = r.detector_id AND k.key = r.rule_key`,
  sql`INSERT INTO rule (environment_id, detector_id, key, name, help)
    SELECT ${environment}, i.detector_id, i.key, st.rule_name, st.rule_help FROM import_rule i JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = i.row
    WHERE i.rule_id IS NULL ORDER BY i.detector_id, i.key ON CONFLICT DO NOTHING`,
  sql`UPDATE import_rule i SET rule_id = r.id FROM rule r WHERE i.rule_id IS NULL AND r.detector_id = i.detector_id AND r.key = i.key`,
  sql`CREATE TEMP TABLE import_ran ON COMMIT DROP AS
    SELECT DISTINCT l.position, r.id AS rule_id FROM import_look l JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector
    CROSS JOIN LATERAL unnest(l.rules) AS said(key) JOIN rule r ON r.detector_id = d.id AND r.key = said.key WHERE l.rules IS NOT NULL`,
  ];
}
