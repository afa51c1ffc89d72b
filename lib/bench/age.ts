import type pg from "pg";

/**
 * Makes a used queue of a freshly loaded one: thirty days old, a third no longer detected, a twentieth seen for the first time,
 * some of both decided, with their events. Rows and indexes are written anew afterwards, as a database that was loaded and
 * vacuumed has them. Triggers rest meanwhile; what they keep is counted at the end.
 */
export async function ageWorld(client: pg.Client): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes i
    WHERE tablename = 'finding' AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = format('%I', i.indexname)::regclass)`);
  await client.query("SET session_replication_role = replica");
  for (const { name } of indexes) await client.query(`DROP INDEX ${client.escapeIdentifier(name)}`);
  await client.query("SET work_mem = '128MB'");
  for (const statement of STATEMENTS) await client.query(statement);
  await client.query("SET session_replication_role = origin");
  await client.query("VACUUM FULL finding");
  for (const { definition } of indexes) await client.query(definition);
  await client.query("VACUUM ANALYZE");
}

/** The status that a finding of this number gets: see hostItems for those that the next report leaves out. */
const DECIDED = `CASE WHEN port % 6 = 0 THEN 'resolved' WHEN number % 250 = 0 AND port % 3 <> 0 THEN 'resolved'
  WHEN number % 12 = 0 THEN 'in_progress' WHEN number % 25 = 0 THEN 'false_positive' END::governance_status`;

const STATEMENTS: readonly string[] = [
  `UPDATE finding f SET added_on = CASE WHEN number % 20 = 0 AND port % 3 <> 0 THEN s.last_scanned ELSE f.added_on - interval '30 days' END,
     scanner_status = CASE WHEN port % 3 = 0 THEN 'closed' WHEN number % 20 = 0 THEN 'new' ELSE 'open' END::scanner_status,
     last_seen_on = CASE WHEN port % 3 = 0 THEN f.added_on - interval '3 days' END,
     governance_status = coalesce(${DECIDED}, 'open'), close_reason = CASE WHEN ${DECIDED} = 'resolved' THEN 'patched' END::close_reason,
     decided_at = CASE WHEN ${DECIDED} IS NOT NULL THEN f.added_on - interval '2 days' END, version = CASE WHEN ${DECIDED} IS NULL THEN 0 ELSE 1 END,
     sla_paused_at = CASE WHEN port % 3 = 0 OR ${DECIDED} IN ('resolved', 'false_positive') THEN f.sla_started_at END,
     resolve_by = CASE WHEN port % 3 = 0 THEN NULL ELSE f.resolve_by END
   FROM scope s WHERE s.id = f.scope_id`,
  `WITH body AS (SELECT docket_body_hash(NULL, NULL, 'a decision of the bench', NULL) AS hash)
   INSERT INTO audit_event (environment_id, actor_type, actor_id, actor_name, action, record_type, record_number, finding_id, version, fields, from_status, to_status,
     action_id, request_id, body_hash)
   SELECT environment_id, 'system', 'bench', 'Bench', 'finding.transition', 'finding', number, id, 1, '{governance}', 'open', governance_status,
     '00000000-0000-4000-8000-000000000000', 'bench', body.hash FROM finding, body WHERE version = 1`,
  `INSERT INTO audit_body (sequence, reason) SELECT sequence, 'a decision of the bench' FROM audit_event WHERE actor_id = 'bench'`,
  `DELETE FROM queue_count`,
  `INSERT INTO queue_count SELECT environment_id, 0, response, scanner_status <> 'closed', assignee_id IS NOT NULL, count(*) FROM finding GROUP BY 1, 3, 4, 5`,
  `DELETE FROM queue_tally`,
  `INSERT INTO queue_tally SELECT environment_id, 0, scanner_status, governance_status, technical, calibrated, effective, detector_id, coalesce(category, ''),
     coalesce(close_reason::text, ''), verification, kev, assignee_id IS NOT NULL, count(*) FROM finding GROUP BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13`,
  `DELETE FROM queue_chip`,
  `INSERT INTO queue_chip SELECT environment_id, 0, chip, day, count(*) FROM finding_chip GROUP BY 1, 3, 4`,
];
