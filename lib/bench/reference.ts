import type pg from "pg";
import { copyIn } from "@/lib/bench/copy";

/**
 * What an import must write, as plain SQL without an application: staged by COPY, one set-based delta, only rows that change, on the same
 * tables with the same indexes. Written is what the product owes to whoever asks later, since a look without it would be no import: counters,
 * scan changes, log rows, each scope's live, appeared, re-found and vanished, a preview with the first thousand rows of each kind, the words
 * of the search, and the check of references once a statement, for which the tables have no foreign keys. It knows its report: one detector,
 * known assets, a full look, nothing suppressed, moved, or older, and reads no text of what it knows. Off are the laws that mistrust the
 * writer (decisions have their entries, newcomers are undecided, what is kept stays), and it holds no rows before it writes them: those are
 * the application's to pay, like the digest of what it will do, the seal of what it did, brakes and proposals.
 */
export async function prepareReference(client: pg.Client): Promise<void> {
  for (const table of ["finding", "finding_detail", "scan_change", "scan_scope", "scan_row", "audit_event", "audit_body"]) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const [table, triggers] of Object.entries(OWED)) {
    for (const trigger of triggers) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER ${trigger}`);
  }
}

/** Counters, words, and references once a statement. */
const OWED: Readonly<Record<string, readonly string[]>> = {
  finding: ["finding_count_insert", "finding_count_update", "finding_count_chips_insert", "finding_count_chips_update", "finding_phrases_insert", "finding_phrases_update", "finding_origin"],
  finding_detail: ["finding_detail_finding"],
  scan_change: ["scan_change_finding", "scan_change_scan"],
  scan_scope: ["scan_scope_scan", "scan_scope_scope"],
  scan_row: ["scan_row_preview", "scan_row_finding"],
};

/** Runs it; the file is what COPY wrote of scan_stage. */
export async function runReference(client: pg.Client, { file, takenAt, scan }: { file: string; takenAt: Date; scan: number }): Promise<void> {
  const at = client.escapeLiteral(takenAt.toISOString());
  await client.query("BEGIN");
  await client.query("SET LOCAL work_mem = '64MB'");
  await client.query("SET LOCAL default_statistics_target = 10");
  await client.query("CREATE TEMP TABLE st (LIKE scan_stage) ON COMMIT DROP");
  await copyIn(client, "st", file);
  for (const statement of statements(at, scan)) await client.query(statement);
  await client.query("COMMIT");
}

const COPIED = `title, location, category, component, port, technical, cvss_version, cvss_vector, cvss_score, cwe, cve, ghsa, package, context, cvss_computed`;

const statements = (at: string, scan: number): readonly string[] => [
  `CREATE TEMP TABLE sc ON COMMIT DROP AS SELECT s.id, s.asset_id, s.detector_id, a.name, s.last_scanned AS prev FROM scope s JOIN asset a ON a.id = s.asset_id
     WHERE a.name IN (SELECT DISTINCT asset_name FROM st)`,
  "ANALYZE st (row, asset_name, fingerprint, rule_key)", "ANALYZE sc",
  `UPDATE scope s SET last_scanned = ${at} FROM sc WHERE sc.id = s.id`,
  `CREATE TEMP TABLE d ON COMMIT DROP AS
     SELECT f.id, f.number, f.scanner_status AS os, f.governance_status AS og, f.version, coalesce(f.scope_id, st.scope_id) AS scope_id, st.row, st.row IS NOT NULL AS seen
     FROM (SELECT id, number, fingerprint, scope_id, scanner_status, governance_status, version FROM finding WHERE scope_id = ANY (ARRAY(SELECT id FROM sc))) f
     FULL JOIN (SELECT DISTINCT ON (sc.id, st.fingerprint) sc.id AS scope_id, st.fingerprint, st.row FROM st JOIN sc ON sc.name = st.asset_name ORDER BY 1, 2) st
       ON st.fingerprint = f.fingerprint AND st.scope_id = f.scope_id
     WHERE f.id IS NULL OR (st.row IS NULL AND f.scanner_status <> 'closed') OR (st.row IS NOT NULL AND f.scanner_status <> 'open')
       OR (st.row IS NOT NULL AND f.governance_status = 'resolved')`,
  "ANALYZE d",
  `INSERT INTO rule (environment_id, detector_id, key, name, help)
     SELECT DISTINCT ON (st.rule_key) 1, sc.detector_id, st.rule_key, st.rule_name, st.rule_help FROM st JOIN sc ON sc.name = st.asset_name ON CONFLICT DO NOTHING`,
  `WITH event AS (
     INSERT INTO audit_event (environment_id, actor_type, actor_id, actor_name, action, record_type, record_number, finding_id, version, fields, from_status, to_status,
       action_id, scan_id, request_id, body_hash)
     SELECT 1, 'system', 'system', 'System', 'finding.regressed', 'finding', d.number, d.id, d.version + 1, '{governance}', 'resolved', 'reopened',
       '00000000-0000-4000-8000-000000000001', ${scan}, 'bench', docket_body_hash(NULL, NULL, 'seen again', NULL) FROM d WHERE seen AND og = 'resolved' RETURNING sequence)
   INSERT INTO audit_body (sequence, reason) SELECT sequence, 'seen again' FROM event`,
  `UPDATE finding f SET scanner_status = CASE WHEN d.seen THEN 'open' ELSE 'closed' END::scanner_status,
     last_seen_on = CASE WHEN d.seen THEN NULL ELSE coalesce(f.last_seen_on, sc.prev) END,
     governance_status = CASE WHEN d.seen AND d.og = 'resolved' THEN 'reopened' ELSE d.og END,
     close_reason = CASE WHEN d.seen AND d.og = 'resolved' THEN NULL ELSE f.close_reason END,
     version = CASE WHEN d.seen AND d.og = 'resolved' THEN f.version + 1 ELSE f.version END,
     sla_paused_at = CASE WHEN d.seen THEN NULL ELSE coalesce(f.sla_paused_at, now()) END, resolve_by = CASE WHEN d.seen THEN f.resolve_by END
   FROM d JOIN sc ON sc.id = d.scope_id WHERE f.id = d.id`,
  `CREATE TEMP TABLE fresh ON COMMIT DROP AS SELECT d.row, d.scope_id, nextval('finding_id_seq')::int AS id, row_number() OVER ()::int AS place FROM d WHERE id IS NULL`,
  `INSERT INTO finding (id, environment_id, number, scope_id, asset_id, detector_id, rule_id, fingerprint, fingerprint_version, ${COPIED}, added_on, scanner_status,
     sla_started_at, acknowledge_by, resolve_by)
   SELECT n.id, 1, e.next_finding + n.place, n.scope_id, sc.asset_id, sc.detector_id, r.id, st.fingerprint, st.fingerprint_version,
     ${COPIED.split(", ").map((column) => `st.${column}`).join(", ")}, ${at}, 'new', now(), now() + interval '2 days', now() + interval '30 days'
   FROM fresh n JOIN st USING (row) JOIN sc ON sc.id = n.scope_id JOIN rule r ON r.detector_id = sc.detector_id AND r.key = st.rule_key JOIN environment e ON e.id = 1`,
  `UPDATE environment SET next_finding = next_finding + (SELECT count(*) FROM fresh)::int + 1 WHERE id = 1`,
  `INSERT INTO finding_detail (environment_id, finding_id, description, observation, remediation, links, severity_word, first_seen)
   SELECT 1, n.id, st.description, st.observation, st.remediation, st.links, st.severity_word, st.first_seen FROM fresh n JOIN st USING (row)`,
  `INSERT INTO scan_change (environment_id, scan_id, finding_id, kind, at)
   SELECT 1, ${scan}, id, 'new'::scan_change_kind, ${at}::timestamptz FROM fresh
   UNION ALL SELECT 1, ${scan}, id, CASE WHEN NOT seen THEN 'unseen' WHEN os = 'closed' THEN 'refound' ELSE 'opened' END::scan_change_kind, ${at}
     FROM d WHERE id IS NOT NULL AND (NOT seen OR os <> 'open')
   UNION ALL SELECT 1, ${scan}, id, 'regressed', ${at} FROM d WHERE seen AND og = 'resolved'`,
  `INSERT INTO scan_scope (environment_id, scan_id, scope_id, taken_at, covering, newest, live, appeared, refound, vanished)
   SELECT 1, ${scan}, sc.id, ${at}, true, true, coalesce(s.n, 0), coalesce(n.n, 0), coalesce(c.refound, 0), coalesce(c.vanished, 0) FROM sc
   LEFT JOIN (SELECT asset_name, count(*) AS n FROM st GROUP BY 1) s ON s.asset_name = sc.name LEFT JOIN (SELECT scope_id, count(*) AS n FROM fresh GROUP BY 1) n ON n.scope_id = sc.id
   LEFT JOIN (SELECT scope_id, count(*) FILTER (WHERE seen AND os = 'closed') AS refound, count(*) FILTER (WHERE NOT seen) AS vanished FROM d WHERE id IS NOT NULL GROUP BY 1) c
     ON c.scope_id = sc.id`,
  `INSERT INTO scan_preview (environment_id, scan_id, attempt, counts, digest) VALUES (1, ${scan}, 1, '{}', 'the bench')`,
  ...previewRows(scan),
  `WITH event AS (
     INSERT INTO audit_event (environment_id, actor_type, actor_id, actor_name, action, record_type, record_number, action_id, scan_id, request_id, body_hash)
     SELECT 1, 'system', 'bench', 'Bench', 'scan.completed', 'scan', ${scan}, '00000000-0000-4000-8000-000000000002', ${scan}, 'bench', docket_body_hash(NULL, NULL, NULL, NULL)
     RETURNING sequence)
   INSERT INTO audit_body (sequence) SELECT sequence FROM event`,
];

/** The rows behind the counts: what changed as the delta has it, then what stays. */
const previewRows = (scan: number): readonly string[] => [
  ...[["new", "true", "fresh"], ["refound", "seen AND os = 'closed'", "d"], ["regressed", "seen AND og = 'resolved'", "d"], ["unseen", "NOT seen AND id IS NOT NULL", "d"]].map(([kind, which, from]) => `
   INSERT INTO scan_row (environment_id, scan_id, attempt, kind, position, finding_id, asset, severity, title, location, why)
   SELECT 1, ${scan}, 1, '${kind}', row_number() OVER (), k.id, a.name, f.calibrated, f.title, f.location, 'What the scan says of it and why, in a sentence for people.'
   FROM (SELECT id FROM ${from} WHERE ${which} LIMIT 1000) k JOIN finding f ON f.id = k.id JOIN asset a ON a.id = f.asset_id`),
  ...[["persisting", "true"], ["preserved", "f.governance_status NOT IN ('open', 'reopened')"]].map(([kind, which]) => `
   INSERT INTO scan_row (environment_id, scan_id, attempt, kind, position, finding_id, asset, severity, title, location, why)
   SELECT 1, ${scan}, 1, '${kind}', row_number() OVER (), f.id, sc.name, f.calibrated, f.title, f.location, 'What the scan says of it and why, in a sentence for people.'
   FROM finding f JOIN sc ON sc.id = f.scope_id WHERE f.scanner_status = 'open' AND ${which} LIMIT 1000`),
];
