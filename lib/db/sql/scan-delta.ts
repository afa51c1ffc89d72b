import { z } from "zod";
import { sql, type Sql, type Tx } from "@/lib/db/client";
import { inOneGo } from "@/lib/db/one-go";
import { count, row } from "@/lib/db/rows";
import { comparedKnown, comparedMoved, picked, PICKED_OF_FINDING, touchedKnown } from "@/lib/db/sql/scan-known";
import { noneMoved, recogniseMoved } from "@/lib/db/sql/scan-moved";
import { gatheredProofs } from "@/lib/db/sql/scan-proof";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";

/**
 * What a report says of each finding, worked out before anything is written. Holds the findings that will be touched, and leaves four tables:
 * import_seen (a row for each weakness of the report, duplicates folded), import_known (every finding of the scopes with its state before
 * and after), import_touched (those of it that something happens to) and import_fresh (what is not known yet, in the order of the numbers to come).
 * The three timestamps follow `observe` in the domain, which the tests compare it with.
 */
export async function workOutDelta(tx: Tx, scan: ScanOptions): Promise<void> {
  await inOneGo(tx, [
    sql`SET LOCAL work_mem = '64MB'`, // the rows of a report are wide: sorted in memory as long as they fit
    sql`SET LOCAL default_statistics_target = 10`, // how many rows there are is what the plans go by
    ...withoutLoops([...foldedDuplicates(scan), ...comparedKnown(scan), ...fresh(scan)]), noneMoved,
  ]);
  const moved = await recogniseMoved(tx, scan, sql`(i.covers OR ${picked(scan, PICKED_OF_FINDING)})`);
  await inOneGo(tx, [...(moved ? withoutLoops(comparedMoved(scan)) : []), ...touchedKnown, ...withoutLoops(gatheredProofs(scan)), talliedScopes, heldFindings]);
}

/**
 * The planner cannot know how much a scope holds: a loop over what it takes for a few rows has cost minutes where a hash costs
 * half a second.
 */
export function withoutLoops(statements: readonly Sql[]): Sql[] {
  return [sql`SET LOCAL enable_nestloop = off`, ...statements, sql`SET LOCAL enable_nestloop = on`];
}

/**
 * Which of two equal results stands does not depend on their order in the file: the same report shuffled gives the same state.
 * What the next steps compare stands beside it, so that they need not read the wide rows of the report again.
 */
function foldedDuplicates({ scan }: ScanOptions): Sql[] {
  const staged = sql`scan_stage st JOIN import_part p USING (part) JOIN import_scope i ON i.position = p.position AND i.asset = st.asset_name`;
  return [
    sql`CREATE TEMP TABLE import_seen ON COMMIT DROP AS
      SELECT i.scope_id, st.fingerprint, st.row, st.suppressed, 1 AS times, st.technical, st.told FROM ${staged} WHERE st.scan_id = ${scan}`,
    sql`ANALYZE import_seen (scope_id, row)`,
    sql`CREATE TEMP TABLE import_twice ON COMMIT DROP AS
      SELECT scope_id, fingerprint, count(*)::int AS times FROM import_seen GROUP BY scope_id, fingerprint HAVING count(*) > 1`,
    sql`ANALYZE import_twice (scope_id, times)`,
    sql`UPDATE import_seen s SET times = chosen.times FROM (
        SELECT DISTINCT ON (x.scope_id, x.fingerprint) x.times, st.row
        FROM import_twice x JOIN import_seen o ON o.scope_id = x.scope_id AND o.fingerprint = x.fingerprint JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = o.row
        ORDER BY x.scope_id, x.fingerprint, st.suppressed, st.technical, st.location, st.title, st.description, st.observation, st.told, st.row
      ) chosen WHERE chosen.row = s.row`,
    sql`DELETE FROM import_seen s USING import_twice x WHERE s.times = 1 AND x.scope_id = s.scope_id AND x.fingerprint = s.fingerprint`,
  ];
}

/** A result that the report marks as suppressed makes no finding. */
function fresh(scan: ScanOptions): Sql[] {
  return [
    sql`
    CREATE TEMP TABLE import_fresh ON COMMIT DROP AS
    SELECT x.*, docket_scanner_status(x.taken_at, x.taken_at, greatest(x.own, x.next)) AS status,
      row_number() OVER (ORDER BY x.scope_id, x.technical, x.fingerprint)::int AS place, NULL::int AS number, NULL::int AS finding_id
    FROM (
      SELECT s.scope_id, s.fingerprint, s.row, s.technical, i.asset_id, i.detector_id, i.taken_at, i.next, r.rule_id, st.context IS NOT NULL AS has_context,
        CASE WHEN ${picked(scan, { rule: sql`r.rule_id`, location: sql`st.location`, port: sql`st.port`, number: sql`0` })} AND i.taken_at > coalesce(i.next, '-infinity') THEN i.taken_at END AS own
      FROM import_seen s JOIN import_scope i USING (scope_id) JOIN scan_stage st ON st.scan_id = ${scan.scan} AND st.row = s.row
      JOIN import_rule r ON r.detector_id = i.detector_id AND r.key = st.rule_key
      WHERE NOT s.suppressed AND NOT EXISTS (SELECT FROM import_known k WHERE k.row = s.row)
    ) x`,
    sql`ANALYZE import_fresh (scope_id, row, rule_id, place)`,
  ];
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
    SELECT id FROM finding WHERE id = ANY (ARRAY(SELECT id FROM import_touched WHERE changed OR renewed OR (sees AND resolved) UNION SELECT id FROM import_proof)) ORDER BY id FOR UPDATE
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
