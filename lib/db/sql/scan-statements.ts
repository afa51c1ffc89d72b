import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { count, row } from "@/lib/db/rows";
import type { ScanOptions } from "@/lib/db/sql/scan-scopes";
import { claimOf, statedBy, SUGGESTED_BY } from "@/lib/domain/finding/suggestion";
import { subjectsOf } from "@/lib/domain/scan/statement";
import type { VexStatement } from "@/lib/domain/scan/staged";

/** How many statements that meet no finding are kept by name; all are counted. */
const KEPT_UNMATCHED = 100;
/** Rows that go to the database at once. */
const BATCH = 5_000;
/** Of a note and of a list of products so much stands on each suggestion; the document itself is kept whole. */
const NOTE = 2_000;
const PRODUCTS = 5;

/** What became of the statements of a document. `findings` are those that statements meet, `made` those that have a suggestion now which they had not. */
export type StatementTally = { matched: number; findings: number; made: number; superseded: number };

/**
 * Matches what a document states with the findings of its environment, and suggests what follows. A statement meets a finding that
 * bears one of its CVE or GHSA names and has the package it names, in its version where it names one; or lies on the asset it names.
 * Each join is on keys that must be equal, so its cost grows with the document and with what it meets, never with their product.
 * The same statement again changes nothing; a newer one by the same author about the same vulnerability takes the open one's place.
 */
export async function recordStatements(tx: Tx, scan: ScanOptions, statements: readonly VexStatement[]): Promise<StatementTally | null> {
  if (statements.length === 0) return null;
  await tx.$queryRaw(sql`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('docket statements ' || ${scan.environment}::text, 1))) held`);
  await load(tx, scan, statements);
  await meet(tx, scan);
  await compare(tx);
  const superseded = await suggest(tx, scan);
  return tally(tx, scan, superseded);
}

async function load(tx: Tx, scan: ScanOptions, statements: readonly VexStatement[]): Promise<void> {
  await tx.$executeRaw(sql`CREATE TEMP TABLE vex_statement (n int PRIMARY KEY, author text, said_at timestamptz, suggests text, stated text, claim text, rests_on jsonb) ON COMMIT DROP`);
  await tx.$executeRaw(sql`CREATE TEMP TABLE vex_name (n int, name text) ON COMMIT DROP`);
  await tx.$executeRaw(sql`CREATE TEMP TABLE vex_subject (n int, package text, version text, asset text) ON COMMIT DROP`);
  const lines = statements.map(({ status, justification, note, author, products, saidAt }, n) => ({
    n, author, said_at: saidAt, suggests: SUGGESTED_BY[status], stated: statedBy(author, saidAt), claim: claimOf(status, justification),
    rests_on: { author, status, justification, note: note?.slice(0, NOTE) ?? null, products: products.slice(0, PRODUCTS), product_count: products.length, said_at: saidAt },
  }));
  for (const batch of inBatches(lines, 500)) {
    await tx.$executeRaw(sql`INSERT INTO vex_statement SELECT * FROM jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
      AS g(n int, author text, said_at timestamptz, suggests text, stated text, claim text, rests_on jsonb)`);
  }
  const names = statements.flatMap(({ vulnerabilities }, n) => vulnerabilities.filter((name) => /^(CVE|GHSA)-/.test(name)).map((name) => ({ n, name })));
  for (const batch of inBatches(names, BATCH)) {
    await tx.$executeRaw(sql`INSERT INTO vex_name SELECT DISTINCT * FROM unnest(${batch.map(({ n }) => n)}::int[], ${batch.map(({ name }) => name)}::text[])`);
  }
  for (const batch of inBatches(subjectsOf(statements, scan.assetName), BATCH)) {
    await tx.$executeRaw(sql`INSERT INTO vex_subject SELECT DISTINCT * FROM unnest(${batch.map(({ n }) => n)}::int[], ${batch.map((one) => one.package)}::text[],
      ${batch.map(({ version }) => version)}::text[], ${batch.map(({ asset }) => asset)}::text[])`);
  }
  await tx.$executeRaw(sql`ANALYZE vex_name, vex_subject`);
}

function* inBatches<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Findings by the names that they bear (finding_cve_idx, finding_ghsa_partial), then by package, version and asset. */
async function meet(tx: Tx, { environment }: ScanOptions): Promise<void> {
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE vex_hit ON COMMIT DROP AS
    WITH named AS MATERIALIZED (SELECT DISTINCT name FROM vex_name), bearing AS (
      SELECT n.name, f.id FROM named n JOIN finding f ON f.cve @> ARRAY[n.name] WHERE f.environment_id = ${environment}
      UNION ALL SELECT n.name, f.id FROM named n JOIN finding f ON f.ghsa @> ARRAY[n.name] AND f.ghsa <> '{}' WHERE f.environment_id = ${environment})
    SELECT b.name, f.id, f.asset_id, lower(coalesce(f.package, '')) AS package,
      coalesce(regexp_replace(CASE WHEN f.package <> '' AND starts_with(f.component, f.package || ' ') THEN substr(f.component, length(f.package) + 2)
        ELSE substring(f.component FROM ' ([^ ]+)$') END, '^[vV](?=\\d)', ''), '') AS version
    FROM bearing b JOIN finding f USING (id)`);
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE vex_asset ON COMMIT DROP AS
    SELECT DISTINCT a.id, k.key FROM (SELECT id, lower(name) AS name, regexp_replace(lower(name), '^.*/', '') AS last FROM asset WHERE id IN (SELECT asset_id FROM vex_hit)) a
    CROSS JOIN LATERAL (VALUES (a.name), (a.last), (regexp_replace(a.last, ':[^:]+$', ':*'))) AS k(key)`);
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE vex_pair ON COMMIT DROP AS
    SELECT n.n, n.name, s.package, s.version, s.asset FROM vex_name n JOIN vex_subject s USING (n) WHERE n.name IN (SELECT name FROM vex_hit)`);
  // Of what one author says twice about the same, the newest counts, in one document the last.
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE vex_key ON COMMIT DROP AS
    SELECT DISTINCT ON (p.name, p.package, p.version, p.asset, s.author) p.*, s.author, s.said_at,
      (p.package <> '')::int + (p.version <> '')::int + (p.asset <> '')::int AS weight
    FROM vex_pair p JOIN vex_statement s USING (n) ORDER BY p.name, p.package, p.version, p.asset, s.author, s.said_at DESC NULLS LAST, p.n DESC`);
  await tx.$executeRaw(sql`ANALYZE vex_hit, vex_asset, vex_pair, vex_key`);
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE vex_match ON COMMIT DROP AS
    SELECT h.id AS finding_id, k.* FROM vex_hit h CROSS JOIN LATERAL (VALUES (''), (h.version)) v(version)
    JOIN vex_key k ON k.name = h.name AND k.package = h.package AND k.version = v.version AND k.asset = '' WHERE h.package <> ''
    UNION SELECT h.id, k.* FROM vex_hit h JOIN vex_asset a ON a.id = h.asset_id
    JOIN vex_key k ON k.name = h.name AND k.package = '' AND k.version = '' AND k.asset = a.key
    UNION SELECT h.id, k.* FROM vex_hit h JOIN vex_asset a ON a.id = h.asset_id CROSS JOIN LATERAL (VALUES (''), (h.version)) v(version)
    JOIN vex_key k ON k.name = h.name AND k.package = h.package AND k.version = v.version AND k.asset = a.key WHERE h.package <> ''`);
  await tx.$executeRaw(sql`ANALYZE vex_match`);
}

/** One statement for each finding, author and vulnerability, whatever names it goes by: what is said most exactly, then last. Of those, what is news. */
async function compare(tx: Tx): Promise<void> {
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE vex_new ON COMMIT DROP AS
    WITH once AS (SELECT finding_id, n, author, said_at, min(name) AS name, max(weight) AS weight FROM vex_match GROUP BY finding_id, n, author, said_at),
      best AS (SELECT DISTINCT ON (finding_id, author, name) * FROM once ORDER BY finding_id, author, name, weight DESC, said_at DESC NULLS LAST, n DESC)
    SELECT b.finding_id, b.n, b.name, o.id AS older FROM best b JOIN vex_statement s USING (n)
    LEFT JOIN LATERAL (
      SELECT g.id, g.outcome, g.said_at, g.rests_on FROM suggestion g
      WHERE g.finding_id = b.finding_id AND g.source = 'vex' AND g.rests_on->>'author' IS NOT DISTINCT FROM b.author AND g.rests_on->>'vulnerability' = b.name
      ORDER BY g.id DESC LIMIT 1) o ON true
    WHERE o.id IS NULL OR (coalesce(s.said_at >= o.said_at, true) AND (
      (o.outcome IS NULL AND s.said_at > o.said_at)
      OR (s.rests_on->'status', s.rests_on->'justification', s.rests_on->'note') IS DISTINCT FROM (o.rests_on->'status', o.rests_on->'justification', o.rests_on->'note')))`);
}

/** Findings before suggestions: in the order in which people hold them too. Gives how many open ones were replaced. */
async function suggest(tx: Tx, { environment, scan }: ScanOptions): Promise<number> {
  await tx.$executeRaw(sql`
    INSERT INTO suggestion (environment_id, finding_id, source, scan_id, suggests, reason, rests_on, said_at)
    SELECT ${environment}, f.id, 'vex', ${scan}, s.suggests,
      s.stated || ' about ' || w.name || ': ' || s.claim || '.' || CASE o.others WHEN 0 THEN '' WHEN 1 THEN ' The finding names one other CVE, about which this says nothing.'
        ELSE ' The finding names ' || o.others || ' other CVEs, about which this says nothing.' END,
      s.rests_on || jsonb_build_object('vulnerability', w.name), s.said_at
    FROM vex_new w JOIN vex_statement s USING (n) JOIN finding f ON f.id = w.finding_id
    CROSS JOIN LATERAL (SELECT count(*) AS others FROM unnest(f.cve) c WHERE c NOT IN (SELECT p.name FROM vex_match p WHERE p.finding_id = f.id AND p.n = w.n)) o
    ORDER BY f.number, s.n`);
  return tx.$executeRaw(sql`
    UPDATE suggestion g SET outcome = 'superseded', settled_at = docket_now(), settled_by = ${`Scan ${scan}`} FROM vex_new w WHERE g.id = w.older AND g.outcome IS NULL`);
}

const tallied = z.object({ matched: count, findings: count, made: count });

async function tally(tx: Tx, { environment, scan }: ScanOptions, superseded: number): Promise<StatementTally> {
  await tx.$executeRaw(sql`
    CREATE TEMP TABLE vex_matched ON COMMIT DROP AS
    SELECT DISTINCT p.n FROM vex_pair p WHERE (p.name, p.package, p.version, p.asset) IN (SELECT name, package, version, asset FROM vex_match)`);
  const found = await row(tx, tallied, sql`
    SELECT (SELECT count(*) FROM vex_matched) AS matched, (SELECT count(DISTINCT finding_id) FROM vex_match) AS findings, (SELECT count(*) FROM vex_new) AS made`);
  if (!found) throw new Error("The statements were not counted.");
  await tx.$executeRaw(sql`
    UPDATE scan SET statements_matched = ${found.matched}, findings_stated = ${found.findings}, statements_unmatched = coalesce((
      SELECT jsonb_agg(jsonb_build_object('claim', claim, 'vulnerabilities', names, 'products', products) ORDER BY n) FROM (
        SELECT s.n, s.claim, s.rests_on->'products' AS products, ARRAY(SELECT name FROM vex_name v WHERE v.n = s.n ORDER BY name LIMIT 5) AS names
        FROM vex_statement s WHERE s.n NOT IN (SELECT n FROM vex_matched) ORDER BY s.n LIMIT ${KEPT_UNMATCHED}) u), '[]')
    WHERE environment_id = ${environment} AND id = ${scan}`);
  return { ...found, superseded };
}
