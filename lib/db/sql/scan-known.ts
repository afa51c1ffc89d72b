import { sql, trustedSql, type Sql } from "@/lib/db/client";
import { lookedAtPort } from "@/lib/db/sql/scan-ports";
import { declaresScope, type ScanOptions } from "@/lib/db/sql/scan-scopes";
import { unreadAt } from "@/lib/db/sql/scan-unread";
import { HELD_REASONS } from "@/lib/domain/finding/carry";

/** What of a finding says whether a look was at it, as columns; `number` is 0 of one that is not known yet. */
type Picked = { rule: Sql; location: Sql; port: Sql; number: Sql };

/** Those columns of the finding `f`. */
export const PICKED_OF_FINDING: Picked = { rule: sql`f.rule_id`, location: sql`f.location`, port: sql`f.port`, number: sql`f.number` };

/**
 * Is this finding, of a check by its id, in what a partial scan declares, or in the checks that the report says ran and on the ports that it looked at, and
 * not in a file that the tool could not read? Every list given must hold it; of what stands on no port a sender who names the finding or its check knows
 * that it was looked at. Checks are compared by hashes of their ids: lists hold thousands, and scopes all findings.
 */
export function picked(scan: ScanOptions, { rule, location, port, number }: Picked): Sql {
  const rules = scan.scopeRules.length > 0 ? sql`${rule} IN (SELECT id FROM rule WHERE environment_id = ${scan.environment} AND key = ANY (${[...scan.scopeRules]}::text[]))` : sql`true`;
  const findings = scan.scopeFindings.length > 0 ? sql`${number} = ANY (${[...scan.scopeFindings]}::int[])` : sql`true`;
  const paths = scan.scopePaths.length > 0
    ? sql`EXISTS (SELECT FROM unnest(${[...scan.scopePaths]}::text[]) AS given(path) WHERE ${location} = path
        OR starts_with(${location}, rtrim(path, '/') || '/') OR starts_with(${location}, path || ':'))`
    : sql`true`;
  const reached = scan.extent === "partial" && (scan.scopeRules.length > 0 || scan.scopeFindings.length > 0) ? sql`(${port} IS NULL OR ${lookedAtPort(port, location)})` : lookedAtPort(port, location);
  const declared = scan.extent === "partial" && declaresScope(scan) ? sql`${rules} AND ${paths} AND ${findings}` : sql`true`;
  return sql`(i.picks AND (NOT i.lists_checks OR (i.position, ${rule}) IN (SELECT position, rule_id FROM import_ran)) AND ${reached} AND NOT ${unreadAt(location)} AND ${declared})`;
}

/** Read through the index on the scopes, whether they hold ten findings or all of them. */
const OF_THE_SCOPES = sql`f.scope_id = ANY (ARRAY(SELECT scope_id FROM import_scope))`;

/** Has anybody decided something of a finding `f` that is worth keeping when it is gone? */
export const isDecided = (f: Sql): Sql => sql`(${f}.governance_status IN ('in_progress', 'false_positive', 'accepted_risk')
  OR (${f}.governance_status = 'resolved' AND ${f}.close_reason IN (${trustedSql(HELD_REASONS.map((reason) => `'${reason}'`).join(", "))}))
  OR ${f}.assignee_id IS NOT NULL OR ${f}.tags <> '{}' OR ${f}.team_severity IS NOT NULL)`;

/** The findings of the scopes, as import_known: the one time that an import reads them all. */
export function comparedKnown(scan: ScanOptions): Sql[] {
  return [
    sql`CREATE TEMP TABLE import_known ON COMMIT DROP AS ${compared(scan, OF_THE_SCOPES)}`,
    sql`ANALYZE import_known (id, scope_id, row, kind, changed, renewed, rule_was)`,
  ];
}

/** Once more those that moved, which the report has under another name than theirs. */
export function comparedMoved(scan: ScanOptions): Sql[] {
  return [
    sql`DELETE FROM import_known k USING import_moved m WHERE k.id = m.id`,
    sql`INSERT INTO import_known ${compared(scan, sql`f.id = ANY (ARRAY(SELECT id FROM import_moved))`)}`,
  ];
}

/** What of it something happens to: most looks touch few of what they know, and most of what follows asks for these alone. */
export const touchedKnown: readonly Sql[] = [
  sql`CREATE TEMP TABLE import_touched ON COMMIT DROP AS SELECT * FROM import_known WHERE kind IS NOT NULL OR changed OR renewed OR (sees AND resolved)`,
  sql`ANALYZE import_touched`,
];

/**
 * `seen` and `own` are the timestamps afterwards, `seen_column` how the table holds the first: null while it is the scope's own.
 * A suppressed sighting keeps a detected finding from closing and does nothing else. `renewed`: the report tells something else of it than the
 * last one did, by the digest of both; a finding without one is told anew. The steps are kept apart (OFFSET 0), or each
 * would be worked out anew wherever the next one names it.
 */
function compared(scan: ScanOptions, which: Sql): Sql {
  return sql`
    SELECT k.id, k.number, k.scope_id, k.row, k.sees, k.suppressed, k.older, k.taken_at, k.was, k.status, k.own, k.renewed, k.technical_was, k.technical,
      k.seen_was, k.rule_was, k.governance,
      c.seen_column, (c.seen_column, k.own, k.status) IS DISTINCT FROM (k.seen_column_was, k.own_was, k.was) AS changed, c.kind, k.resolved, k.decided
    FROM (
      SELECT j.*, docket_scanner_status(j.added_on, j.seen, greatest(j.own, j.next)) AS status
      FROM (
        SELECT b.*, CASE WHEN b.sees THEN greatest(b.seen_was, b.taken_at) ELSE b.seen_was END AS seen,
          CASE WHEN b.picked AND NOT b.older AND b.taken_at IS DISTINCT FROM greatest(b.own_was, b.prev) THEN b.taken_at ELSE b.own_was END AS own
        FROM (${stateBefore(scan, which)} OFFSET 0) b OFFSET 0
      ) j OFFSET 0
    ) k CROSS JOIN LATERAL (
      SELECT CASE WHEN k.status = 'closed' OR k.seen IS DISTINCT FROM k.next THEN k.seen END AS seen_column,
        CASE WHEN k.older THEN CASE WHEN k.sees THEN 'history' END
          WHEN k.was = 'closed' AND k.status <> 'closed' THEN 'refound'
          WHEN k.was <> 'closed' AND k.status = 'closed' THEN 'unseen'
          WHEN k.was = 'new' AND k.status = 'open' THEN 'opened' END::scan_change_kind AS kind
    ) c`;
}

function stateBefore(scan: ScanOptions, which: Sql): Sql {
  return sql`
    SELECT f.id, f.number, f.scope_id, s.row, f.added_on, i.taken_at, i.prev, i.next,
      f.scanner_status AS was, f.last_seen_on AS seen_column_was, f.last_scanned AS own_was, coalesce(f.last_seen_on, i.prev) AS seen_was,
      coalesce(s.suppressed, false) AS suppressed, s.row IS NOT NULL AND NOT (s.suppressed AND f.scanner_status = 'closed') AS sees,
      ${picked(scan, PICKED_OF_FINDING)} AS picked,
      i.taken_at < coalesce(greatest(f.last_scanned, i.prev), '-infinity') AS older,
      f.governance_status = 'resolved' AS resolved, f.governance_status AS governance, f.rule_id AS rule_was, f.technical AS technical_was,
      s.technical, s.row IS NOT NULL AND NOT (s.suppressed AND f.scanner_status = 'closed') AND i.taken_at >= coalesce(greatest(f.last_scanned, i.prev), '-infinity')
        AND (f.told IS DISTINCT FROM s.told OR f.suppressed <> s.suppressed) AS renewed,
      (s.row IS NULL OR s.suppressed) AND ${isDecided(sql`f`)} AS decided
    FROM import_scope i JOIN finding f ON f.scope_id = i.scope_id AND ${which}
    LEFT JOIN import_seen s ON s.scope_id = f.scope_id AND s.fingerprint = f.fingerprint`;
}
