import type pg from "pg";
import { value } from "@/lib/bench/databases";

/**
 * What a bulk transition must write, as plain SQL without an application, after the model of a set-based transition with one log row each:
 * the frozen set, an entry with its body for each finding (before and after as people read them, both sealed), the people-owned columns,
 * and the counters. It knows its set: undecided findings that go to in_progress, one hop. Off are the laws that mistrust the writer
 * (decisions have their entries, bodies fit their heads, references of items), which are the application's to pay, like everything that
 * it must look at finding by finding: who moved meanwhile, whether the step is legal, how the clocks go on.
 */
export async function prepareBulkReference(client: pg.Client): Promise<void> {
  for (const table of ["finding", "audit_event", "audit_body", "bulk_item"]) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  const { rows } = await client.query<{ name: string }>("SELECT tgname AS name FROM pg_trigger WHERE tgrelid = 'finding'::regclass AND tgname IN ('finding_count_update', 'finding_tally_update')");
  for (const { name } of rows) await client.query(`ALTER TABLE finding ENABLE TRIGGER ${client.escapeIdentifier(name)}`);
}

const DAY = "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
const text = (column: string) => DAY.replace("%s", column);
const BEFORE = `json_build_object('governance_status', f.governance_status, 'close_reason', f.close_reason, 'accepted_until', ${text("f.accepted_until")},
  'acceptance_id', f.acceptance_id, 'duplicate_of', f.duplicate_of, 'follow_up_on', ${text("f.follow_up_on")}, 're_review', f.re_review, 'verification', f.verification,
  'team_severity', f.team_severity, 'calibrated_at', ${text("f.calibrated_at")}, 'assignee_id', f.assignee_id, 'tags', f.tags,
  'first_response_at', ${text("f.first_response_at")}, 'acknowledged_at', ${text("f.acknowledged_at")}, 'decided_at', ${text("f.decided_at")},
  'sla_started_at', ${text("f.sla_started_at")}, 'sla_paused_at', ${text("f.sla_paused_at")}, 'acknowledge_by', ${text("f.acknowledge_by")}, 'resolve_by', ${text("f.resolve_by")})`;
const AFTER = `json_build_object('governance_status', 'in_progress', 'first_response_at', ${text("now()")}, 'decided_at', ${text("now()")})`;

const statements = (where: string): readonly string[] => [
  `INSERT INTO bulk (id, environment_id, status, action, action_id, total, done, changed, as_of, actor_type, actor_id, actor_name)
   VALUES (900000, 1, 'completed', '{}', '00000000-0000-4000-8000-00000000000b', 0, 0, 0, now(), 'system', 'bench', 'Bench')`,
  `INSERT INTO bulk_item (environment_id, bulk_id, finding_id, version) SELECT 1, 900000, id, version FROM finding f WHERE environment_id = 1 AND ${where} ORDER BY id`,
  `CREATE TEMP TABLE entry ON COMMIT DROP AS
   SELECT nextval('audit_event_sequence_seq') AS sequence, f.id, f.number, i.version + 1 AS version, ${BEFORE} AS before, ${AFTER} AS after
   FROM bulk_item i JOIN finding f ON f.id = i.finding_id AND f.version = i.version WHERE i.bulk_id = 900000 ORDER BY f.id`,
  `INSERT INTO audit_event (sequence, environment_id, actor_type, actor_id, actor_name, action, record_type, record_number, finding_id, version, fields, from_status, to_status,
     action_id, bulk_id, request_id, body_hash)
   SELECT sequence, 1, 'system', 'bench', 'Bench', 'finding.transitioned', 'finding', number, id, version, '{status,response_time}', 'open', 'in_progress',
     '00000000-0000-4000-8000-00000000000b', 900000, 'bench', docket_body_hash(before, after, NULL, NULL) FROM entry`,
  `INSERT INTO audit_body (sequence, before, after) SELECT sequence, before, after FROM entry`,
  `UPDATE finding f SET governance_status = 'in_progress', first_response_at = now(), decided_at = now(), version = e.version FROM entry e WHERE f.id = e.id`,
  `UPDATE bulk SET total = n, done = n, changed = n FROM (SELECT count(*) AS n FROM entry) e WHERE id = 900000`,
];

/** Runs it in one transaction on the findings \`f\` that meet a condition; how many it moved. */
export async function runBulkReference(client: pg.Client, where: string): Promise<number> {
  await client.query("BEGIN");
  await client.query("SET LOCAL work_mem = '64MB'");
  for (const statement of statements(where)) await client.query(statement);
  await client.query("COMMIT");
  return Number(await value(client, "SELECT changed FROM bulk WHERE id = 900000"));
}
