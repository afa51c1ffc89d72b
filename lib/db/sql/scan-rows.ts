import { joinSql, sql, trustedSql, type Sql, type Tx } from "@/lib/db/client";
import { manyRows } from "@/lib/db/rows";
import { LIKENESS_WORDS } from "@/lib/db/sql/scan-carry";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { unreadAt } from "@/lib/db/sql/scan-unread";
import type { ScanCounts } from "@/lib/domain/scan/counts";
import { lineOf, rowFacts, ROWS_KEPT, type PreviewKind, type PreviewLine, type RowFacts } from "@/lib/domain/scan/preview";

/**
 * The rows behind the counts of a delta, each with its reason: the first thousand of each kind, by their number or their row in the
 * report. Only those are joined with what they are told with.
 */
export async function rowsBehind(tx: Tx, scan: ScanOptions, counts: ScanCounts & { carries: number }): Promise<PreviewLine[]> {
  const seen = sql`sees AND NOT suppressed`;
  const regressed = sql`(SELECT id FROM import_consequence)`;
  const all: readonly (Shown & { count: number })[] = [
    { kind: "refound", count: counts.refound, from: TOUCHED, which: sql`kind = 'refound'` },
    { kind: "regressed", count: counts.regressed, from: TOUCHED, which: sql`id IN ${regressed}` },
    { kind: "preserved", count: counts.preserved, from: KNOWN, which: sql`${seen} AND governance NOT IN ('open', 'reopened') AND id NOT IN ${regressed}` },
    { kind: "persisting", count: counts.persisting, from: KNOWN, which: sql`${seen} AND kind IS DISTINCT FROM 'refound'` },
  ];
  const shown = all.filter(({ count }) => count > 0);
  const kinds: readonly [number, () => Promise<RowFacts[]>][] = [
    [counts.new, () => newcomers(tx, scan)],
    [shown.length, () => known(tx, shown)],
    [counts.unseen, () => vanished(tx, scan)],
    [counts.carries, () => carried(tx)],
    [1, () => moved(tx)],
    [1, () => unread(tx)],
    [counts.suppressed, () => suppressed(tx, scan)],
    [counts.duplicates_in_report, () => duplicates(tx, scan)],
  ];
  const lines: PreviewLine[] = [];
  for (const [count, load] of kinds) if (count > 0) lines.push(...(await load()).map(lineOf));
  return lines;
}

async function newcomers(tx: Tx, { scan }: ScanOptions): Promise<RowFacts[]> {
  return manyRows(tx, rowFacts, sql`
    SELECT 'new' AS kind, n.place AS position, i.asset, st.technical AS severity, st.title, st.location, st.place, d.name AS detector, st.rule_key AS rule,
      CASE WHEN n.status = 'closed' THEN 'closed' END AS change
    FROM (SELECT * FROM import_fresh WHERE place <= ${ROWS_KEPT}) n JOIN import_scope i USING (scope_id) JOIN detector d ON d.id = n.detector_id
    JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = n.row ORDER BY n.place`);
}

const FINDING = trustedSql(`k.position, k.id AS "findingId", a.name AS asset, f.calibrated AS severity, f.title, f.location`);
const BESIDE = trustedSql("JOIN finding f ON f.id = k.id JOIN asset a ON a.id = f.asset_id");

const KNOWN = trustedSql("import_known");
const TOUCHED = trustedSql("import_touched");
type Shown = { kind: PreviewKind; from: Sql; which: Sql };

/** The first findings of a kind, with what their reason is made of. */
const firstOf = ({ kind, from, which }: Shown): Sql => sql`
  SELECT ${kind}::text AS shown, row_number() OVER (ORDER BY number)::int AS position, * FROM (
    SELECT id, number, kind, seen_was, governance, renewed, technical_was, technical FROM ${from} WHERE ${which} ORDER BY number LIMIT ${ROWS_KEPT}) f`;

/** Findings that the report sees, with their decision and, where that is told, who took it: all kinds in one statement. */
async function known(tx: Tx, kinds: readonly Shown[]): Promise<RowFacts[]> {
  return manyRows(tx, rowFacts, sql`
    SELECT k.shown AS kind, ${FINDING}, k.kind AS change, k.seen_was AS "lastSeen", k.governance, f.close_reason AS reason, f.accepted_until AS until,
      CASE WHEN k.renewed THEN k.technical_was END AS was, CASE WHEN k.renewed THEN k.technical END AS becomes,
      coalesce(e.at, f.decided_at) AS "decidedAt", e.actor_name AS "decidedBy"
    FROM (${joinSql(kinds.map(firstOf), " UNION ALL ")}) k ${BESIDE}
    LEFT JOIN LATERAL (
      SELECT e.at, e.actor_name FROM audit_event e WHERE e.finding_id = k.id AND e.to_status = k.governance AND k.shown IN ('preserved', 'regressed')
      ORDER BY e.sequence DESC LIMIT 1
    ) e ON true`);
}

/** What the report sees no more, with how its check and its asset fared otherwise: that tells a fix from a check that did not run. */
async function vanished(tx: Tx, scan: ScanOptions): Promise<RowFacts[]> {
  return manyRows(tx, rowFacts, sql`
    WITH gone AS MATERIALIZED (
      SELECT *, row_number() OVER (ORDER BY number)::int AS position FROM (SELECT * FROM import_touched WHERE kind = 'unseen' ORDER BY number LIMIT ${ROWS_KEPT}) k
    ),
    checks AS (SELECT DISTINCT rule_was AS rule_id FROM gone),
    results AS MATERIALIZED (
      SELECT rule_id, scope_id, count(*)::int AS results FROM (
        SELECT k.rule_was AS rule_id, k.scope_id FROM import_known k JOIN checks c ON c.rule_id = k.rule_was WHERE k.sees
        UNION ALL SELECT n.rule_id, n.scope_id FROM import_fresh n JOIN checks c USING (rule_id)
      ) r GROUP BY rule_id, scope_id
    ),
    everywhere AS (SELECT rule_id, sum(results)::int AS results FROM results GROUP BY rule_id),
    listed AS (SELECT scope_id, count(*)::int AS results FROM import_seen WHERE scope_id IN (SELECT scope_id FROM gone) GROUP BY scope_id)
    SELECT 'unseen' AS kind, ${FINDING}, r.key AS rule, k.number = ANY (${[...scan.scopeFindings]}::int[]) AS declared, k.governance,
      coalesce(h.results, 0) AS here, coalesce(w.results, 0) AS anywhere, coalesce(l.results, 0) AS "onAsset"
    FROM gone k ${BESIDE} JOIN rule r ON r.id = k.rule_was LEFT JOIN results h ON h.rule_id = k.rule_was AND h.scope_id = k.scope_id
    LEFT JOIN everywhere w ON w.rule_id = k.rule_was LEFT JOIN listed l ON l.scope_id = k.scope_id ORDER BY k.position`);
}

/** Decided findings that are gone, each with the new one that looks like it: their decisions will be proposed for carrying over. */
async function carried(tx: Tx): Promise<RowFacts[]> {
  return manyRows(tx, rowFacts, sql`
    SELECT 'carry' AS kind, ${FINDING}, k.becomes AS "to", k.alike, f.governance_status AS governance, f.close_reason AS reason, f.accepted_until AS until,
      coalesce(e.at, f.decided_at) AS "decidedAt", e.actor_name AS "decidedBy"
    FROM (
      SELECT p.from_id AS id, n.location AS becomes, w.why AS alike, row_number() OVER (ORDER BY p.to_place)::int AS position
      FROM import_pair p JOIN import_gone g ON g.id = p.from_id JOIN ${LIKENESS_WORDS} USING (likeness) JOIN import_came n ON n.id = p.to_place
      WHERE g.decided ORDER BY p.to_place LIMIT ${ROWS_KEPT}
    ) k ${BESIDE} LEFT JOIN LATERAL (
      SELECT e.at, e.actor_name FROM audit_event e WHERE e.finding_id = f.id AND e.to_status = f.governance_status ORDER BY e.sequence DESC LIMIT 1
    ) e ON true ORDER BY k.position`);
}

/** Findings whose file was moved: they persist or are re-found, and are told here with both places. */
async function moved(tx: Tx): Promise<RowFacts[]> {
  return manyRows(tx, rowFacts, sql`
    SELECT 'moved' AS kind, row_number() OVER (ORDER BY m.number)::int AS position, m.id AS "findingId", a.name AS asset, f.calibrated AS severity, f.title,
      m.location, m.was AS "from"
    FROM (SELECT * FROM import_moved ORDER BY number LIMIT ${ROWS_KEPT}) m JOIN finding f ON f.id = m.id JOIN asset a ON a.id = f.asset_id ORDER BY position`);
}

/** Detected findings in files that the tool could not read: not seen, and not closed either. */
async function unread(tx: Tx): Promise<RowFacts[]> {
  return manyRows(tx, rowFacts, sql`
    SELECT 'unread' AS kind, ${FINDING} FROM (
      SELECT k.id, row_number() OVER (ORDER BY k.number)::int AS position FROM import_known k JOIN import_scope i USING (scope_id) JOIN finding f ON f.id = k.id
      WHERE EXISTS (SELECT FROM import_unread) AND i.picks AND i.has_unread AND NOT k.sees AND NOT k.older AND k.status <> 'closed' AND ${unreadAt(sql`f.location`)} ORDER BY k.number LIMIT ${ROWS_KEPT}
    ) k ${BESIDE} ORDER BY k.position`);
}

async function suppressed(tx: Tx, { scan }: ScanOptions): Promise<RowFacts[]> {
  return manyRows(tx, rowFacts, sql`
    SELECT 'suppressed' AS kind, row_number() OVER (ORDER BY s.row)::int AS position, f.id AS "findingId", i.asset, st.technical AS severity, st.title, st.location, st.place
    FROM (SELECT * FROM import_seen WHERE suppressed ORDER BY row LIMIT ${ROWS_KEPT}) s JOIN import_scope i USING (scope_id)
    JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = s.row LEFT JOIN finding f ON f.scope_id = s.scope_id AND f.fingerprint = s.fingerprint
    ORDER BY position`);
}

/** Results of the report that another one of it stands for. */
async function duplicates(tx: Tx, { scan }: ScanOptions): Promise<RowFacts[]> {
  return manyRows(tx, rowFacts, sql`
    SELECT 'duplicate' AS kind, row_number() OVER (ORDER BY x.row)::int AS position, f.id AS "findingId", x.asset, x.technical AS severity, x.title, x.location,
      x.place, x.twin, x."twinPlace"
    FROM (
      SELECT st.row, st.technical, st.title, st.location, st.place, i.asset, s.row AS twin, w.place AS "twinPlace", s.scope_id, s.fingerprint
      FROM (SELECT * FROM import_seen WHERE times > 1 ORDER BY row LIMIT ${ROWS_KEPT}) s JOIN import_scope i USING (scope_id) JOIN import_part p USING (position)
      JOIN scan_stage w ON w.scan_id = ${scan} AND w.row = s.row
      JOIN scan_stage st ON st.scan_id = ${scan} AND st.fingerprint = w.fingerprint AND st.part = p.part AND st.asset_name = i.asset AND st.row <> s.row
      ORDER BY st.row LIMIT ${ROWS_KEPT}
    ) x LEFT JOIN finding f ON f.scope_id = x.scope_id AND f.fingerprint = x.fingerprint ORDER BY position`);
}
