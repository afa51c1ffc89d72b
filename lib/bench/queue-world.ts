import type pg from "pg";
import { on } from "@/lib/bench/databases";
import { BESIDE, luck } from "@/lib/bench/queue-beside";
import { WORLD, type Setting } from "@/lib/bench/world";

/** The world of one hundred thousand as a queue that people have worked in for two years, and the same as large as asked for. */
export const SMALL_QUEUE = "bench_queue_small";
export const LARGE_QUEUE = "bench_queue_large";

const PEOPLE = 40;
/** Every index that no constraint stands on, dropped while rows are written and made anew afterwards. */
async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes i
    WHERE tablename = 'finding' AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = format('%I', i.indexname)::regclass)`);
  await client.query("SET session_replication_role = replica");
  await client.query("SET maintenance_work_mem = '512MB'");
  await client.query("SET work_mem = '128MB'");
  for (const { name } of indexes) await client.query(`DROP INDEX ${client.escapeIdentifier(name)}`);
  await work();
  await client.query("SET session_replication_role = origin");
  for (const { definition } of indexes) await client.query(definition);
}

/** The places in the dictionary of texts; titles are in it since they were loaded. */
const PHRASES = `INSERT INTO phrase (environment_id, digest, text) SELECT DISTINCT 1, sha256(convert_to(docket_place(location), 'UTF8')), docket_place(location) FROM finding ON CONFLICT DO NOTHING`;

/**
 * People, tags, acceptances, dates. Times spread over two years and hardly two alike; a third is assigned, most to few; a tenth tagged.
 * What new and closed mean stays true: only what is open moves back in time. What scanners of code find lies in files; machines belong to somebody, but for some.
 */
const VARIETY: readonly string[] = [
  `INSERT INTO person (email, name) SELECT 'person-' || i || '@bench.test', 'Person ' || i FROM generate_series(1, ${PEOPLE}) i`,
  `INSERT INTO membership (environment_id, person_id, role) SELECT 1, id, 'analyst' FROM person WHERE email LIKE '%@bench.test'`,
  `UPDATE asset SET owner = CASE WHEN id % 5 > 0 THEN (ARRAY['Head of Web', 'Head of Data', 'Head of Operations'])[1 + id % 3] END, team = CASE WHEN id % 6 > 0 THEN 'Team ' || id % 9 END,
     exposure = (ARRAY['internet', 'partner', 'internal', 'internal', 'unknown'])[1 + id % 5], sensitivity = (ARRAY['restricted', 'internal', 'public', 'unknown'])[1 + id % 4]`,
  `WITH accepted AS (
     INSERT INTO acceptance (environment_id, finding_id, justification, expires_at, actor_type, actor_id, actor_name)
     SELECT 1, f.id, 'Behind the gateway.', now() + ${luck("expiry")} * interval '120 days' + interval '1 day', 'system', 'bench', 'Bench'
     FROM finding f WHERE f.governance_status = 'open' AND f.number % 14 = 3 RETURNING id, finding_id, expires_at)
   UPDATE finding f SET governance_status = 'accepted_risk', acceptance_id = a.id, accepted_until = a.expires_at, version = f.version + 1, decided_at = now(), resolve_by = NULL,
     sla_paused_at = f.sla_started_at
   FROM accepted a WHERE a.finding_id = f.id`,
  `UPDATE finding f SET
     added_on = CASE WHEN f.scanner_status = 'new' THEN f.added_on ELSE f.added_on - ${luck("added")} * ${luck("older")} * interval '700 days' END,
     last_seen_on = CASE WHEN f.scanner_status = 'closed' THEN f.last_seen_on - ${luck("seen")} ^ 3 * interval '20 days' ELSE f.last_seen_on END,
     decided_at = CASE WHEN f.decided_at IS NOT NULL THEN now() - ${luck("decided")} ^ 2 * interval '600 days' END,
     first_response_at = CASE WHEN f.governance_status <> 'open' THEN now() - ${luck("decided")} ^ 2 * interval '600 days' END,
     resolve_by = CASE WHEN f.resolve_by IS NOT NULL THEN now() + (${luck("due")} * 1.2 - 0.15) * interval '90 days' END,
     acknowledge_by = CASE WHEN f.acknowledge_by IS NOT NULL THEN now() + (${luck("acknowledge")} * 1.2 - 0.1) * interval '10 days' END,
     assignee_id = CASE WHEN ${luck("assigned")} < 0.3 THEN (SELECT min(id) FROM person WHERE email LIKE '%@bench.test') + floor(${PEOPLE} * ${luck("whose")} ^ 2)::int END,
     tags = CASE WHEN ${luck("tagged")} < 0.1 THEN ARRAY['t' || floor(60 * ${luck("which tag")} ^ 2), 'team-' || f.asset_id % 20] ELSE '{}' END,
     sla_started_at = CASE WHEN f.sla_paused_at IS NULL THEN now() - ${luck("started")} * interval '90 days' ELSE f.sla_started_at END,
     technical = CASE WHEN ${luck("worst")} < 0.03 THEN 'critical' WHEN ${luck("worst")} < 0.3 THEN 'medium' ELSE f.technical END,
     kev = ${luck("kev")} < 0.02, category = (ARRAY['web', 'network', 'ssl', 'open_port', 'code', 'code', 'Secret key', 'Phishing page'])[1 + f.rule_id % 8],
     module_state = CASE WHEN ${luck("said")} < 0.5 THEN CASE f.rule_id % 8 WHEN 6 THEN 'live' WHEN 7 THEN 'online' END END,
     location = CASE WHEN f.rule_id % 8 IN (4, 5) THEN 'src/module-' || f.rule_id % 50 || '/file-' || f.port % 40 || '.ts:' || f.port ELSE f.location END,
     cvss_score = CASE WHEN ${luck("scored")} < 0.6 THEN round((10 * ${luck("score")})::numeric, 1) END, epss = CASE WHEN ${luck("scored")} < 0.4 THEN round((${luck("epss")} ^ 6)::numeric, 4) END,
     verification = CASE WHEN f.governance_status = 'resolved' AND ${luck("proved")} < 0.4 THEN 'verified' ELSE f.verification END,
     re_review = CASE WHEN ${luck("re-review")} < 0.001 THEN 'The severity went up.' END`,
  PHRASES,
];

/**
 * As many copies of everything as make the size: machines and files of their own, the rules and people that there are. Each copy is a network beside the first, with the
 * same parts in it, so that a network, a folder, an owner has its share of the queue whatever its size.
 */
function copies(times: number): readonly string[] {
  const at = `generate_series(1, ${times}) AS c(k)`;
  return [
    `CREATE TEMP TABLE most AS SELECT (SELECT max(id) FROM asset) AS asset, (SELECT max(id) FROM scope) AS scope, (SELECT max(id) FROM finding) AS finding, (SELECT max(number) FROM finding) AS number`,
    `INSERT INTO asset (id, environment_id, name, kind, owner, team, exposure, sensitivity)
     SELECT a.id + k * m.asset, a.environment_id, regexp_replace(a.name, '^10\\.0\\.', '10.' || k || '.'), a.kind, a.owner, a.team, a.exposure, a.sensitivity FROM asset a, most m, ${at}`,
    `INSERT INTO scope (id, environment_id, asset_id, detector_id, last_scanned) SELECT s.id + k * m.scope, s.environment_id, s.asset_id + k * m.asset, s.detector_id, s.last_scanned - k * interval '7 minutes' FROM scope s, most m, ${at}`,
    `INSERT INTO finding (id, number, scope_id, asset_id, fingerprint, location, added_on, last_seen_on, decided_at, resolve_by, acknowledge_by, COPIED)
     SELECT f.id + k * m.finding, f.number + k * m.number, f.scope_id + k * m.scope, f.asset_id + k * m.asset, sha256(f.fingerprint || k::text::bytea), regexp_replace(f.location, '^src/', 'src/area-' || k || '/'),
       f.added_on - k * interval '7 minutes', f.last_seen_on - k * interval '7 minutes', f.decided_at - k * interval '13 seconds', f.resolve_by + k * interval '11 seconds', f.acknowledge_by + k * interval '17 seconds', COPIED
     FROM finding f, most m, ${at}`,
    PHRASES,
    ...["asset", "scope", "finding"].map((table) => `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`),
    `UPDATE environment SET next_finding = (SELECT max(number) + 1 FROM finding)`,
  ];
}

const RECOUNT: readonly string[] = [
  `TRUNCATE queue_count`,
  `INSERT INTO queue_count SELECT environment_id, 0, response, scanner_status <> 'closed', assignee_id IS NOT NULL, count(*) FROM finding GROUP BY 1, 3, 4, 5`,
  `TRUNCATE queue_tally`,
  `INSERT INTO queue_tally SELECT environment_id, 0, scanner_status, governance_status, technical, calibrated, effective, detector_id, coalesce(category, ''),
     coalesce(close_reason::text, ''), verification, kev, assignee_id IS NOT NULL, count(*) FROM finding GROUP BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13`,
  `TRUNCATE queue_chip`,
  `INSERT INTO queue_chip SELECT environment_id, 0, chip, day, count(*) FROM finding_chip GROUP BY 1, 3, 4`,
];

/** The columns that a copy takes over unchanged. */
async function copied(client: pg.Client): Promise<string> {
  const own = ["id", "number", "scope_id", "asset_id", "fingerprint", "location", "added_on", "last_seen_on", "decided_at", "resolve_by", "acknowledge_by"];
  const { rows } = await client.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'finding' AND is_generated = 'NEVER' AND NOT column_name = ANY($1)", [own]);
  return rows.map(({ name }) => name).join(", ");
}

async function write(client: pg.Client, statements: readonly string[]): Promise<void> {
  const names = await copied(client);
  await withoutIndexes(client, async () => {
    for (const statement of [...statements, ...BESIDE, ...RECOUNT]) await client.query(statement.replaceAll("COPIED", names));
  });
  await client.query("VACUUM (FREEZE, ANALYZE)");
}

/** Databases SMALL_QUEUE, of the size that was loaded, and LARGE_QUEUE of `size`: both from WORLD. */
export async function makeQueues({ databases }: Setting, size: number): Promise<void> {
  await on(await databases.copy(WORLD, SMALL_QUEUE), (client) => write(client, VARIETY));
  await on(await databases.copy(SMALL_QUEUE, LARGE_QUEUE), async (client) => {
    const { rows } = await client.query<{ n: string }>("SELECT count(*) AS n FROM finding");
    await write(client, copies(Math.max(0, Math.round(size / Number(rows[0]?.n)) - 1)));
  });
}
