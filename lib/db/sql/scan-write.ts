import { z } from "zod";
import { sql, type Sql, type Tx } from "@/lib/db/client";
import { count, row } from "@/lib/db/rows";
import { resolveWindow, type ScanOptions } from "@/lib/db/sql/scan-scopes";

/** From here on the statements run as the importer's role: it cannot write what people own, even by mistake. */
export async function becomeScanner(tx: Tx): Promise<void> {
  await tx.$executeRaw(sql`SET LOCAL ROLE docket_scanner`);
}

export async function becomeDocket(tx: Tx): Promise<void> {
  await tx.$executeRaw(sql`RESET ROLE`);
}

/** Holds the findings that this scan will touch, in the order of their ids: decisions on them wait, and bulk actions hold them alike. */
export async function lockChanging(tx: Tx): Promise<void> {
  await tx.$queryRaw(sql`
    SELECT count(*) FROM (
      SELECT id FROM finding WHERE id = ANY (ARRAY(SELECT id FROM import_known WHERE changed OR renewed OR (sees AND resolved))) ORDER BY id FOR UPDATE
    ) held`);
}

/**
 * The scanner's own writes. Of what is known only rows that differ are written: an unchanged rescan writes none. `reopened` are ids
 * of findings whose decision falls: theirs is written together with that, unless the report renews more of them.
 */
export async function writeDetection(tx: Tx, scan: ScanOptions, now: Date, reopened: readonly number[]): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE scope s SET last_scanned = i.next FROM import_scope i WHERE s.id = i.scope_id AND i.covers AND i.next IS DISTINCT FROM i.prev`);
  await tx.$executeRaw(sql`
    UPDATE rule r SET name = i.name, help = i.help FROM import_rule i
    WHERE r.id = i.rule_id AND (r.name, r.help) IS DISTINCT FROM (i.name, i.help)
      AND EXISTS (SELECT FROM import_scope o WHERE o.detector_id = i.detector_id AND o.newest)`);
  await tx.$executeRaw(sql`
    UPDATE finding f SET last_seen_on = k.seen_column, last_scanned = k.own, scanner_status = k.status
    FROM import_known k WHERE f.id = k.id AND k.changed AND NOT k.renewed AND coalesce(k.kind, 'opened') NOT IN ('unseen', 'refound')
      AND NOT k.id = ANY (${[...reopened]}::int[])`);
  await tx.$executeRaw(sql`
    UPDATE finding f SET last_seen_on = k.seen_column, last_scanned = k.own, scanner_status = k.status, ${clocks(now)}
    FROM import_known k, import_sla w WHERE f.id = k.id AND k.changed AND NOT k.renewed AND k.kind IN ('unseen', 'refound') AND w.severity = f.calibrated
      AND NOT k.id = ANY (${[...reopened]}::int[])`);
  await tx.$executeRaw(sql`
    UPDATE finding f SET last_seen_on = k.seen_column, last_scanned = k.own, scanner_status = k.status, rule_id = r.rule_id, title = st.title,
      location = st.location, category = st.category, component = st.component, port = st.port, technical = st.technical,
      cvss_version = st.cvss_version, cvss_vector = st.cvss_vector, cvss_score = st.cvss_score, cwe = st.cwe, cve = st.cve, suppressed = k.suppressed,
      ghsa = st.ghsa, package = st.package, context = st.context, cvss_computed = st.cvss_computed, ${clocks(now)}
    FROM import_known k JOIN scan_stage st ON st.scan_id = ${scan.scan} AND st.row = k.row JOIN import_scope i USING (scope_id)
    JOIN import_rule r ON r.detector_id = i.detector_id AND r.key = st.rule_key CROSS JOIN import_sla w
    WHERE f.id = k.id AND k.renewed AND w.severity = coalesce(f.team_severity, st.technical)`);
  await insertFresh(tx, scan, now);
  await writeDetails(tx, scan);
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

async function insertFresh(tx: Tx, { environment, scan }: ScanOptions, now: Date): Promise<void> {
  if ((await numberFresh(tx, environment)) === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO finding (id, environment_id, number, scope_id, asset_id, detector_id, rule_id, fingerprint, fingerprint_version, title, location,
      category, component, port, technical, cvss_version, cvss_vector, cvss_score, cwe, cve, ghsa, package, context, cvss_computed, kev, epss, legacy_code, suppressed,
      added_on, last_seen_on, last_scanned, scanner_status, sla_started_at, acknowledge_by, resolve_by)
    SELECT n.finding_id, ${environment}, n.number, n.scope_id, n.asset_id, n.detector_id, n.rule_id, n.fingerprint, st.fingerprint_version, st.title, st.location,
      st.category, st.component, st.port, st.technical, st.cvss_version, st.cvss_vector, st.cvss_score, st.cwe, st.cve, st.ghsa, st.package, st.context, st.cvss_computed,
      f.kev, f.epss, st.legacy_code, false,
      n.taken_at, CASE WHEN n.status = 'closed' OR n.taken_at IS DISTINCT FROM n.next THEN n.taken_at END, n.own, n.status,
      ${now}::timestamptz, ${now}::timestamptz + w.acknowledge, ${now}::timestamptz + ${resolveWindow}
    FROM import_fresh n JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = n.row CROSS JOIN LATERAL (
      SELECT EXISTS (SELECT FROM kev_entry WHERE cve = ANY (st.cve)) AS kev, (SELECT max(score) FROM epss_entry WHERE cve = ANY (st.cve)) AS epss) f
    JOIN import_sla w ON w.severity = st.technical ORDER BY n.place`);
}

const numbers = z.object({ first: z.number(), fresh: count });

/** Gives what is new its numbers and ids, and how many they are. The table is written anew, which is half of what changing every row of it costs. */
async function numberFresh(tx: Tx, environment: number): Promise<number> {
  const taken = await row(tx, numbers, sql`
    UPDATE environment e SET next_finding = next_finding + n.fresh FROM (SELECT count(*)::int AS fresh FROM import_fresh) n
    WHERE e.id = ${environment} AND n.fresh > 0 RETURNING e.next_finding - n.fresh AS first, n.fresh`);
  if (!taken) return 0;
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE import_numbered ON COMMIT DROP AS
    SELECT scope_id, fingerprint, row, technical, asset_id, detector_id, taken_at, next, rule_id, has_context, own, status, place,
      ${taken.first}::int + place - 1 AS number, nextval('finding_id_seq')::int AS finding_id FROM import_fresh`);
  await tx.$executeRaw(sql`DROP TABLE import_fresh`);
  await tx.$executeRaw(sql`ALTER TABLE import_numbered RENAME TO import_fresh`);
  await tx.$executeRaw(sql`ANALYZE import_fresh`);
  return taken.fresh;
}

async function writeDetails(tx: Tx, { environment, scan }: ScanOptions): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO finding_detail (environment_id, finding_id, description, observation, remediation, links, severity_word, first_seen)
    SELECT ${environment}, n.finding_id, st.description, st.observation, st.remediation, st.links, st.severity_word, st.first_seen
    FROM import_fresh n JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = n.row`);
  await tx.$executeRaw(sql`
    UPDATE finding_detail d SET description = st.description, observation = st.observation, remediation = st.remediation, links = st.links,
      severity_word = st.severity_word, first_seen = st.first_seen
    FROM import_known k JOIN scan_stage st ON st.scan_id = ${scan} AND st.row = k.row
    WHERE d.finding_id = k.id AND k.sees AND NOT k.older
      AND (d.description, d.observation, d.remediation, d.links, d.severity_word, d.first_seen)
        IS DISTINCT FROM (st.description, st.observation, st.remediation, st.links, st.severity_word, st.first_seen)`);
}

/** The record of the look itself: parts, scopes and what it changed about detection. `regressed` are ids of findings. */
export async function writeLook(tx: Tx, { environment, scan }: ScanOptions, regressed: readonly number[]): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO scan_part (environment_id, scan_id, position, detector_id, taken_at, failed, asset_count, rules_said, rules, unread)
    SELECT ${environment}, ${scan}, l.position, d.id, l.taken_at, l.failed, (SELECT count(*) FROM import_scope i WHERE i.position = l.position),
      l.rules IS NOT NULL, coalesce(l.rules, '{}'), l.unread
    FROM import_look l JOIN detector d ON d.environment_id = ${environment} AND d.name = l.detector`);
  await tx.$executeRaw(sql`
    INSERT INTO scan_scope (environment_id, scan_id, scope_id, taken_at, covering, newest, live, appeared, refound, vanished)
    SELECT ${environment}, ${scan}, scope_id, i.taken_at, i.covers, i.newest, t.live, t.appeared, t.refound, t.vanishing
    FROM import_scope i JOIN import_tally t USING (scope_id)`);
  await tx.$executeRaw(sql`
    INSERT INTO scan_change (environment_id, scan_id, finding_id, kind, at)
    SELECT ${environment}, ${scan}, finding_id, kind, at FROM (
      SELECT number, finding_id, 'new'::scan_change_kind AS kind, taken_at AS at FROM import_fresh
      UNION ALL SELECT number, id, kind, taken_at FROM import_known WHERE kind IS NOT NULL
      UNION ALL SELECT number, id, 'regressed', taken_at FROM import_known WHERE id = ANY (${[...regressed]}::int[])
    ) c ORDER BY number, kind`);
}

/**
 * The seal of the scan's changes: hexadecimal SHA-256 over one line `number:kind` and a line feed for each,
 * ordered by number, then by the order of the kinds (new, opened, refound, regressed, unseen, history).
 */
export async function sealChanges(tx: Tx, scan: number): Promise<string> {
  const sealed = await row(tx, z.object({ seal: z.string() }), sql`
    SELECT encode(sha256(convert_to(coalesce(string_agg(f.number || ':' || c.kind || chr(10), '' ORDER BY f.number, c.kind), ''), 'UTF8')), 'hex') AS seal
    FROM scan_change c JOIN finding f ON f.id = c.finding_id WHERE c.scan_id = ${scan}`);
  if (!sealed) throw new Error("The changes of the scan could not be sealed.");
  return sealed.seal;
}
