import { z } from "zod";
import { sql, type Sql, type Tx } from "@/lib/db/client";
import { inOneGo } from "@/lib/db/one-go";
import { row } from "@/lib/db/rows";
import type { Contradictions } from "@/lib/db/sql/scan-consequences";
import { movedWrites } from "@/lib/db/sql/scan-moved";
import { keepNames } from "@/lib/db/sql/scan-names";
import { resolveWindow, type ScanOptions } from "@/lib/db/sql/scan-scopes";

/** From here on the statements run as the importer's role: it cannot write what people own, even by mistake. */
export const becomeScanner = sql`SET LOCAL ROLE docket_scanner`;
export const becomeDocket = sql`RESET ROLE`;

/**
 * The scanner's own writes, and the record of the look itself, under the scanner's role. Of what is known only rows that differ are written: an unchanged
 * rescan writes none. Findings whose decision falls are written together with that, unless the report renews more of them. `reopened`, `regressed` and
 * `fresh` are how many there are. Gives the seal of what was changed.
 */
export async function writeLook(tx: Tx, scan: ScanOptions, now: Date, { reopened, regressed, fresh }: Contradictions & { fresh: number }): Promise<string> {
  await inOneGo(tx, [becomeScanner, movedWrites(scan), ...detectionWrites(scan, now, reopened)]);
  if (fresh > 0) await inOneGo(tx, freshWrites(scan, now));
  await inOneGo(tx, [renewedTexts(scan), ...lookWrites(scan, regressed), ...keepNames(scan.environment)]);
  const seal = await sealChanges(tx, scan.scan);
  await inOneGo(tx, [becomeDocket]);
  return seal;
}

function detectionWrites({ scan }: ScanOptions, now: Date, reopened: number): Sql[] {
  const others = reopened > 0 ? sql`k.id NOT IN (SELECT id FROM import_consequence WHERE becomes = 'reopened')` : sql`true`;
  return [
    sql`UPDATE scope s SET last_scanned = i.next, looked_at = greatest(s.looked_at, i.taken_at) FROM import_scope i
      WHERE s.id = i.scope_id AND NOT i.failed AND (i.next IS DISTINCT FROM i.prev OR s.looked_at IS NULL OR s.looked_at < i.taken_at)`,
    sql`UPDATE rule r SET name = st.rule_name, help = st.rule_help FROM import_rule i JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = i.row
      WHERE r.id = i.rule_id AND (r.name, r.help) IS DISTINCT FROM (st.rule_name, st.rule_help)
        AND EXISTS (SELECT FROM import_scope o WHERE o.detector_id = i.detector_id AND o.newest)`,
    sql`UPDATE finding f SET last_seen_on = k.seen_column, last_scanned = k.own, scanner_status = k.status
      FROM import_touched k WHERE f.id = k.id AND k.changed AND NOT k.renewed AND coalesce(k.kind, 'opened') NOT IN ('unseen', 'refound') AND ${others}`,
    sql`UPDATE finding f SET last_seen_on = k.seen_column, last_scanned = k.own, scanner_status = k.status, ${clocks(now)}
      FROM import_touched k, import_sla w WHERE f.id = k.id AND k.changed AND NOT k.renewed AND k.kind IN ('unseen', 'refound') AND w.severity = f.calibrated
        AND ${others}`,
    sql`UPDATE finding f SET last_seen_on = k.seen_column, last_scanned = k.own, scanner_status = k.status, rule_id = r.rule_id, title = st.title,
        location = st.location, category = st.category, component = st.component, port = st.port, technical = st.technical,
        cvss_version = st.cvss_version, cvss_vector = st.cvss_vector, cvss_score = st.cvss_score, cwe = st.cwe, cve = st.cve, suppressed = k.suppressed,
        ghsa = st.ghsa, package = st.package, context = st.context, cvss_computed = st.cvss_computed, told = st.told, ${clocks(now)}
      FROM import_touched k JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = k.row JOIN import_scope i USING (scope_id)
      JOIN import_rule r ON r.detector_id = i.detector_id AND r.key = st.rule_key CROSS JOIN import_sla w
      WHERE f.id = k.id AND k.renewed AND w.severity = coalesce(f.team_severity, st.technical)`,
  ];
}

/**
 * What detection does to the clocks of a finding `f` that changed as `k` says, as in the domain: no longer seen pauses them, a re-find
 * starts them anew by the windows `w` of its severity. Findings that people closed keep theirs.
 */
function clocks(now: Date): Sql {
  const at = sql`${now}::timestamptz`;
  const unseen = sql`(k.kind = 'unseen' AND f.governance_status NOT IN ('resolved', 'false_positive'))`;
  const refound = sql`(k.kind = 'refound' AND f.governance_status NOT IN ('resolved', 'false_positive'))`;
  return sql`
    sla_started_at = CASE WHEN ${refound} THEN ${at} ELSE f.sla_started_at END,
    acknowledge_by = CASE WHEN ${refound} THEN ${at} + w.acknowledge ELSE f.acknowledge_by END,
    sla_paused_at = CASE WHEN ${unseen} THEN coalesce(f.sla_paused_at, ${at})
      WHEN ${refound} THEN CASE WHEN f.governance_status = 'accepted_risk' THEN ${at} END ELSE f.sla_paused_at END,
    resolve_by = CASE WHEN ${unseen} THEN NULL
      WHEN ${refound} THEN CASE WHEN f.governance_status <> 'accepted_risk' THEN ${at} + ${resolveWindow} END ELSE f.resolve_by END`;
}

/** What is new gets its numbers and ids. The table is written anew, which is half of what changing every row of it costs. */
function freshWrites({ environment, scan }: ScanOptions, now: Date): Sql[] {
  return [
    sql`UPDATE environment SET next_finding = next_finding + (SELECT count(*)::int FROM import_fresh) WHERE id = ${environment}`,
    sql`CREATE TEMP TABLE import_numbered ON COMMIT DROP AS
      SELECT scope_id, fingerprint, row, technical, asset_id, detector_id, taken_at, next, rule_id, has_context, own, status, place,
        (SELECT next_finding FROM environment WHERE id = ${environment}) - (SELECT count(*)::int FROM import_fresh) + place - 1 AS number,
        nextval('finding_id_seq')::int AS finding_id FROM import_fresh`,
    sql`DROP TABLE import_fresh`,
    sql`ALTER TABLE import_numbered RENAME TO import_fresh`,
    sql`ANALYZE import_fresh (scope_id, row, rule_id, place, finding_id, status)`,
    sql`
    INSERT INTO finding (id, environment_id, number, scope_id, asset_id, detector_id, rule_id, fingerprint, fingerprint_version, title, location,
      category, component, port, technical, cvss_version, cvss_vector, cvss_score, cwe, cve, ghsa, package, context, cvss_computed, told, kev, epss, legacy_code, suppressed,
      added_on, last_seen_on, last_scanned, scanner_status, sla_started_at, acknowledge_by, resolve_by)
    SELECT n.finding_id, ${environment}, n.number, n.scope_id, n.asset_id, n.detector_id, n.rule_id, n.fingerprint, st.fingerprint_version, st.title, st.location,
      st.category, st.component, st.port, st.technical, st.cvss_version, st.cvss_vector, st.cvss_score, st.cwe, st.cve, st.ghsa, st.package, st.context, st.cvss_computed, st.told,
      f.kev, f.epss, st.legacy_code, false,
      n.taken_at, CASE WHEN n.status = 'closed' OR n.taken_at IS DISTINCT FROM n.next THEN n.taken_at END, n.own, n.status,
      ${now}::timestamptz, ${now}::timestamptz + w.acknowledge, ${now}::timestamptz + ${resolveWindow}
    FROM import_fresh n JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = n.row CROSS JOIN LATERAL (
      SELECT st.cve <> '{}' AND EXISTS (SELECT FROM kev_entry WHERE cve = ANY (st.cve)) AS kev,
        CASE WHEN st.cve <> '{}' THEN (SELECT max(score) FROM epss_entry WHERE cve = ANY (st.cve)) END AS epss) f
    JOIN import_sla w ON w.severity = st.technical ORDER BY n.place`,
    sql`INSERT INTO finding_detail (environment_id, finding_id, description, observation, remediation, links, severity_word, first_seen)
      SELECT ${environment}, n.finding_id, st.description, st.observation, st.remediation, st.links, st.severity_word, st.first_seen
      FROM import_fresh n JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = n.row`,
  ];
}

/** A digest that differs may do so for other reasons than a text. Of the days on which it was first seen the earliest that any report knows stays. */
const renewedTexts = ({ scan }: ScanOptions): Sql => sql`
  UPDATE finding_detail d SET description = st.description, observation = st.observation, remediation = st.remediation, links = st.links,
    severity_word = st.severity_word, first_seen = least(d.first_seen, st.first_seen)
  FROM import_touched k JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = k.row
  WHERE d.finding_id = k.id AND k.renewed
    AND (d.description, d.observation, d.remediation, d.links, d.severity_word, d.first_seen)
      IS DISTINCT FROM (st.description, st.observation, st.remediation, st.links, st.severity_word, least(d.first_seen, st.first_seen))`;

/** Parts, scopes and what was changed about detection. Of the checks that ran those are kept that are known: a feed has hundreds of thousands. */
function lookWrites({ environment, scan }: ScanOptions, regressed: number): Sql[] {
  const contradicted = regressed > 0 ? sql`UNION ALL SELECT k.number, id, 'regressed', k.taken_at FROM import_touched k JOIN import_consequence c USING (id)` : sql``;
  return [
    sql`INSERT INTO scan_part (environment_id, scan_id, position, detector_id, taken_at, failed, asset_count, rules_said, ports_said, rules, unread, rejected)
    SELECT ${environment}, ${scan}, l.position, d.id, l.taken_at, l.failed, (SELECT count(*) FROM import_scope i WHERE i.position = l.position),
      l.rules IS NOT NULL, l.ports IS NOT NULL, ARRAY(SELECT r.key FROM import_ran n JOIN rule r ON r.id = n.rule_id WHERE n.position = l.position ORDER BY r.key), l.unread, l.rejected
    FROM import_look l JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector`,
    sql`INSERT INTO scan_scope (environment_id, scan_id, scope_id, taken_at, covering, newest, live, appeared, refound, vanished)
    SELECT ${environment}, ${scan}, scope_id, i.taken_at, i.covers, i.newest, t.live, t.appeared, t.refound, t.vanishing
    FROM import_scope i JOIN import_tally t USING (scope_id)`,
    sql`INSERT INTO scan_change (environment_id, scan_id, finding_id, kind, at)
    SELECT ${environment}, ${scan}, finding_id, kind, at FROM (
      SELECT number, finding_id, 'new'::scan_change_kind AS kind, taken_at AS at FROM import_fresh
      UNION ALL SELECT number, id, kind, taken_at FROM import_touched WHERE kind IS NOT NULL
      ${contradicted}
    ) c ORDER BY number, kind`,
  ];
}

/**
 * The seal of the scan's changes: hexadecimal SHA-256 over one line `number:kind` and a line feed for each,
 * ordered by number, then by the order of the kinds (new, opened, refound, regressed, unseen, history).
 */
async function sealChanges(tx: Tx, scan: number): Promise<string> {
  const sealed = await row(tx, z.object({ seal: z.string() }), sql`
    SELECT encode(sha256(convert_to(coalesce(string_agg(f.number || ':' || c.kind || chr(10), '' ORDER BY f.number, c.kind), ''), 'UTF8')), 'hex') AS seal
    FROM scan_change c JOIN finding f ON f.id = c.finding_id WHERE c.scan_id = ${scan}`);
  if (!sealed) throw new Error("The changes of the scan could not be sealed.");
  return sealed.seal;
}
