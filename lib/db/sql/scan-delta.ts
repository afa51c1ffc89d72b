import { z } from "zod";
import { sql, type Sql, type Tx } from "@/lib/db/client";
import { inOneGo } from "@/lib/db/one-go";
import { count, row } from "@/lib/db/rows";
import { gatheredProofs } from "@/lib/db/sql/scan-proof";
import { noneMoved, recogniseMoved } from "@/lib/db/sql/scan-moved";
import { declaresScope, type ScanOptions } from "@/lib/db/sql/scan-scopes";
import { unreadAt } from "@/lib/db/sql/scan-unread";

/**
 * What a report says of each finding, worked out before anything is written. Holds the findings that will be touched, and leaves three tables:
 * import_seen (a row for each weakness of the report, duplicates folded), import_fresh (those not known yet, in the order of
 * their numbers to come) and import_known (every finding of the scopes with its state before and after).
 * The three timestamps follow `observe` in the domain, which the tests compare it with.
 */
export async function workOutDelta(tx: Tx, scan: ScanOptions): Promise<void> {
  await inOneGo(tx, [
    sql`SET LOCAL work_mem = '64MB'`, // the rows of a report are wide: sorted in memory as long as they fit
    sql`SET LOCAL default_statistics_target = 10`, // how many rows there are is what the plans go by
    ...withoutLoops([...foldedDuplicates(scan), ...fresh(scan)]), noneMoved,
  ]);
  await recogniseMoved(tx, scan, sql`(i.covers OR ${picked(scan, sql`known.key`, sql`f.location`, sql`f.number`)})`);
  await inOneGo(tx, [...withoutLoops([...comparedKnown(scan), ...gatheredProofs(scan)]), talliedScopes, heldFindings]);
}

/**
 * The planner cannot know how much a scope holds: a loop over what it takes for a few rows has cost minutes where a hash costs
 * half a second.
 */
export function withoutLoops(statements: readonly Sql[]): Sql[] {
  return [sql`SET LOCAL enable_nestloop = off`, ...statements, sql`SET LOCAL enable_nestloop = on`];
}

/** Which of two equal results stands does not depend on their order in the file: the same report shuffled gives the same state. */
function foldedDuplicates({ scan }: ScanOptions): Sql[] {
  return [
    sql`CREATE TEMP TABLE import_seen ON COMMIT DROP AS
      SELECT i.scope_id, st.fingerprint, min(st.row) AS row, bool_and(st.suppressed) AS suppressed, count(*)::int AS times
      FROM scan_stage st JOIN import_part p USING (part) JOIN import_scope i ON i.position = p.position AND i.asset = st.asset_name
      WHERE st.scan_id = ${scan} GROUP BY i.scope_id, st.fingerprint`,
    sql`ANALYZE import_seen (scope_id, row, times)`,
    sql`UPDATE import_seen s SET row = chosen.row FROM (
        SELECT DISTINCT ON (x.scope_id, x.fingerprint) x.scope_id, x.fingerprint, st.row
        FROM import_seen x JOIN import_scope i USING (scope_id) JOIN import_part p USING (position)
        JOIN scan_stage st ON st.scan_id = ${scan} AND st.fingerprint = x.fingerprint AND st.part = p.part AND st.asset_name = i.asset
        WHERE x.times > 1
        ORDER BY x.scope_id, x.fingerprint, st.suppressed, st.technical, st.location, st.title, st.description, st.observation, st.told, st.row
      ) chosen WHERE s.times > 1 AND chosen.scope_id = s.scope_id AND chosen.fingerprint = s.fingerprint`,
  ];
}

/** Is this finding in what a partial scan declares, or in the checks that the report says ran, and not in a file that the tool could not read? Every list given must hold it. */
function picked(scan: ScanOptions, key: Sql, location: Sql, number: Sql): Sql {
  const rules = scan.scopeRules.length > 0 ? sql`${key} = ANY (${[...scan.scopeRules]}::text[])` : sql`true`;
  const findings = scan.scopeFindings.length > 0 ? sql`${number} = ANY (${[...scan.scopeFindings]}::int[])` : sql`true`;
  const paths = scan.scopePaths.length > 0
    ? sql`EXISTS (SELECT FROM unnest(${[...scan.scopePaths]}::text[]) AS given(path) WHERE ${location} = path
        OR starts_with(${location}, rtrim(path, '/') || '/') OR starts_with(${location}, path || ':'))`
    : sql`true`;
  const declared = scan.extent === "partial" && declaresScope(scan) ? sql`${rules} AND ${paths} AND ${findings}` : sql`true`;
  return sql`(i.picks AND (i.rules IS NULL OR ${key} = ANY (i.rules)) AND NOT ${unreadAt(location)} AND ${declared})`;
}

/** Read through the index on the scopes, whether they hold ten findings or all of them. */
const OF_THE_SCOPES = sql`f.scope_id = ANY (ARRAY(SELECT scope_id FROM import_scope))`;

/** A result that the report marks as suppressed makes no finding. */
function fresh(scan: ScanOptions): Sql[] {
  return [
    sql`
    CREATE TEMP TABLE import_fresh ON COMMIT DROP AS
    SELECT x.*, docket_scanner_status(x.taken_at, x.taken_at, greatest(x.own, x.next)) AS status,
      row_number() OVER (ORDER BY x.scope_id, x.technical, x.fingerprint)::int AS place, NULL::int AS number, NULL::int AS finding_id
    FROM (
      SELECT s.scope_id, s.fingerprint, s.row, st.technical, i.asset_id, i.detector_id, i.taken_at, i.next, r.rule_id, st.context IS NOT NULL AS has_context,
        CASE WHEN ${picked(scan, sql`st.rule_key`, sql`st.location`, sql`0`)} AND i.taken_at > coalesce(i.next, '-infinity') THEN i.taken_at END AS own
      FROM import_seen s JOIN import_scope i USING (scope_id) JOIN scan_stage st ON st.scan_id = ${scan.scan} AND st.row = s.row
      JOIN import_rule r ON r.detector_id = i.detector_id AND r.key = st.rule_key
      LEFT JOIN (SELECT f.scope_id, f.fingerprint FROM finding f WHERE ${OF_THE_SCOPES}) f ON f.scope_id = s.scope_id AND f.fingerprint = s.fingerprint -- in the index alone
      WHERE f.scope_id IS NULL AND NOT s.suppressed
    ) x`,
    sql`ANALYZE import_fresh (scope_id, row, rule_id, place)`,
  ];
}

/**
 * `seen` and `own` are the timestamps afterwards, `seen_column` how the table holds the first: null while it is the scope's own.
 * A suppressed sighting keeps a detected finding from closing and does nothing else. `renewed`: the report tells something else of it than the
 * last one did, by the digest of both; a finding without one is told anew. The steps are kept apart (OFFSET 0), or each
 * would be worked out anew wherever the next one names it.
 */
function comparedKnown(scan: ScanOptions): Sql[] {
  return [
    sql`
    CREATE TEMP TABLE import_known ON COMMIT DROP AS
    SELECT k.id, k.number, k.scope_id, k.row, k.sees, k.suppressed, k.older, k.taken_at, k.was, k.status, k.own, k.renewed, k.technical_was, k.technical,
      k.seen_was, k.rule_was, k.governance,
      c.seen_column, (c.seen_column, k.own, k.status) IS DISTINCT FROM (k.seen_column_was, k.own_was, k.was) AS changed, c.kind, k.resolved
    FROM (
      SELECT j.*, docket_scanner_status(j.added_on, j.seen, greatest(j.own, j.next)) AS status
      FROM (
        SELECT b.*, CASE WHEN b.sees THEN greatest(b.seen_was, b.taken_at) ELSE b.seen_was END AS seen,
          CASE WHEN b.picked AND NOT b.older AND b.taken_at IS DISTINCT FROM greatest(b.own_was, b.prev) THEN b.taken_at ELSE b.own_was END AS own
        FROM (${stateBefore(scan)} OFFSET 0) b OFFSET 0
      ) j OFFSET 0
    ) k CROSS JOIN LATERAL (
      SELECT CASE WHEN k.status = 'closed' OR k.seen IS DISTINCT FROM k.next THEN k.seen END AS seen_column,
        CASE WHEN k.older THEN CASE WHEN k.sees THEN 'history' END
          WHEN k.was = 'closed' AND k.status <> 'closed' THEN 'refound'
          WHEN k.was <> 'closed' AND k.status = 'closed' THEN 'unseen'
          WHEN k.was = 'new' AND k.status = 'open' THEN 'opened' END::scan_change_kind AS kind
    ) c`,
    sql`ANALYZE import_known (id, scope_id, row, kind, changed, renewed, rule_was)`,
  ];
}

function stateBefore(scan: ScanOptions): Sql {
  return sql`
    SELECT f.id, f.number, f.scope_id, s.row, f.added_on, i.taken_at, i.prev, i.next,
      f.scanner_status AS was, f.last_seen_on AS seen_column_was, f.last_scanned AS own_was, coalesce(f.last_seen_on, i.prev) AS seen_was,
      coalesce(s.suppressed, false) AS suppressed, s.row IS NOT NULL AND NOT (s.suppressed AND f.scanner_status = 'closed') AS sees,
      ${picked(scan, sql`known.key`, sql`f.location`, sql`f.number`)} AS picked,
      i.taken_at < coalesce(greatest(f.last_scanned, i.prev), '-infinity') AS older,
      f.governance_status = 'resolved' AS resolved, f.governance_status AS governance, f.rule_id AS rule_was, f.technical AS technical_was,
      st.technical, s.row IS NOT NULL AND NOT (s.suppressed AND f.scanner_status = 'closed') AND i.taken_at >= coalesce(greatest(f.last_scanned, i.prev), '-infinity')
        AND (f.told IS DISTINCT FROM st.told OR f.suppressed <> s.suppressed) AS renewed
    FROM import_scope i JOIN finding f ON f.scope_id = i.scope_id AND ${OF_THE_SCOPES} JOIN rule known ON known.id = f.rule_id
    LEFT JOIN import_seen s ON s.scope_id = f.scope_id AND s.fingerprint = f.fingerprint
    LEFT JOIN scan_stage st ON st.scan_id = ${scan.scan} AND st.row = s.row`;
}

/** What the scan makes of each scope, in numbers: detected before and afterwards, appeared, re-found, vanishing. */
const talliedScopes = sql`
    CREATE TEMP TABLE import_tally ON COMMIT DROP AS
    SELECT i.scope_id, i.detector_id, coalesce(k.before, 0) AS before, coalesce(k.live, 0) + coalesce(n.live, 0) AS live, coalesce(n.appeared, 0) AS appeared,
      coalesce(k.refound, 0) AS refound, coalesce(k.vanishing, 0) AS vanishing, coalesce(k.decided, 0) AS decided
    FROM import_scope i
    LEFT JOIN (SELECT scope_id, count(*) FILTER (WHERE was <> 'closed')::int AS before, count(*) FILTER (WHERE status <> 'closed')::int AS live,
        count(*) FILTER (WHERE kind = 'refound')::int AS refound, count(*) FILTER (WHERE kind = 'unseen')::int AS vanishing,
        count(*) FILTER (WHERE sees AND NOT suppressed AND governance NOT IN ('open', 'reopened'))::int AS decided
      FROM import_known GROUP BY scope_id) k USING (scope_id)
    LEFT JOIN (SELECT scope_id, count(*)::int AS appeared, count(*) FILTER (WHERE status <> 'closed')::int AS live FROM import_fresh GROUP BY scope_id) n
      USING (scope_id)`;

/** The findings that this scan will touch are held, in the order of their ids: decisions on them wait, and bulk actions hold them alike. */
const heldFindings = sql`
  SELECT count(*) FROM (
    SELECT id FROM finding WHERE id = ANY (ARRAY(SELECT id FROM import_known WHERE changed OR renewed OR (sees AND resolved) UNION SELECT id FROM import_proof)) ORDER BY id FOR UPDATE
  ) held`;

const tally = z.object({ staged: count, winners: count, suppressed: count, fresh: count, refound: count, unseen: count, decided: count });
export type Tally = z.output<typeof tally>;

/** The counts of the delta, duplicates being what is staged and did not win. */
export async function tallyDelta(tx: Tx, { scan }: ScanOptions): Promise<Tally> {
  const counted = await row(tx, tally, sql`
    SELECT (SELECT count(*) FROM scan_stage WHERE scan_id = ${scan}) AS staged, s.*, t.*
    FROM (SELECT count(*) AS winners, count(*) FILTER (WHERE suppressed) AS suppressed FROM import_seen) s,
      (SELECT coalesce(sum(appeared), 0) AS fresh, coalesce(sum(refound), 0) AS refound, coalesce(sum(vanishing), 0) AS unseen,
        coalesce(sum(decided), 0) AS decided FROM import_tally) t`);
  if (!counted) throw new Error("The delta could not be counted.");
  return counted;
}
