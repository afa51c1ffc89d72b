/** What stands beside the findings of a queue: tickets, what waits for approval, and a second scan. Written anew when the findings are copied. */

/** A number of a finding scattered over 0 to 1, for one purpose. */
export const luck = (of: string) => `((hashtextextended(f.number::text || '${of}', 0) & 1048575) / 1048576.0)`;

/** The counts of tickets, taken from the tickets themselves. */
export const RECOUNT_TICKETS: readonly string[] = [
  "TRUNCATE ticket_count",
  `INSERT INTO ticket_count SELECT environment_id, 0, state, reopen_count > 0, external_done, needs_attention, count(*) FROM ticket GROUP BY 1, 3, 4, 5, 6`,
  "TRUNCATE ticket_tally",
  `INSERT INTO ticket_tally SELECT environment_id, 0, state, reopen_count > 0, external_done, needs_attention, severity, priority, remediation, destination, assignee_id IS NOT NULL, count(*)
   FROM ticket GROUP BY 1, 3, 4, 5, 6, 7, 8, 9, 10, 11`,
];

/** A ticket of this house for one finding in twenty-five, most of them closed. */
const TICKETS: readonly string[] = [
  "DELETE FROM ticket_finding",
  "DELETE FROM ticket",
  `INSERT INTO ticket (environment_id, number, title, marker, state, close_reason, closed_at, actor_type, actor_id, actor_name, severity, remediation, finding_count)
   SELECT 1, n, left(title, 300), 'beside-' || n, CASE WHEN closed THEN 'closed' ELSE 'open' END::ticket_state, CASE WHEN closed THEN 'patched'::close_reason END, CASE WHEN closed THEN now() END,
     'system', 'bench', 'Bench', severity, CASE WHEN closed THEN 'verified' ELSE 'open' END::remediation_status, 1
   FROM (SELECT row_number() OVER (ORDER BY f.id) AS n, f.title, f.calibrated AS severity, ${luck("done")} < 0.7 AS closed FROM finding f WHERE f.environment_id = 1 AND ${luck("beside")} < 0.04) f`,
  `INSERT INTO ticket_finding (environment_id, ticket_id, finding_id, is_open, remediation)
   SELECT 1, t.id, f.id, t.state = 'open', t.remediation FROM (SELECT f.id, row_number() OVER (ORDER BY f.id) AS n FROM finding f WHERE f.environment_id = 1 AND ${luck("beside")} < 0.04) f JOIN ticket t ON t.number = f.n AND t.environment_id = 1`,
  "INSERT INTO ticket_number (environment_id, next) SELECT 1, coalesce(max(number), 0) + 1 FROM ticket ON CONFLICT (environment_id) DO UPDATE SET next = excluded.next",
  ...RECOUNT_TICKETS,
];

/** Acceptances that somebody asked for and nobody has answered. */
const REQUESTS: readonly string[] = [
  "DELETE FROM acceptance_request",
  `INSERT INTO acceptance_request (environment_id, finding_id, expires_at, justification, actor_type, actor_id, actor_name, action_id)
   SELECT 1, f.id, now() + interval '90 days', 'Behind the gateway.', 'system', 'bench', 'Bench', '00000000-0000-4000-8000-000000000001' FROM finding f WHERE f.governance_status = 'open' AND ${luck("requested")} < 0.003`,
];

/** A second scan of every third scope, the newest of them: what is new there it found, what is not detected there it missed. */
const SCAN: readonly string[] = [
  "DELETE FROM scan_change WHERE scan_id = 2",
  "DELETE FROM scan_scope WHERE scan_id = 2",
  "DELETE FROM scan WHERE id = 2",
  "INSERT INTO scan SELECT (jsonb_populate_record(s, '{\"id\": 2}')).* FROM scan s WHERE id = 1",
  `INSERT INTO scan_scope (environment_id, scan_id, scope_id, taken_at, covering, newest) SELECT 1, 2, id, last_scanned, true, true FROM scope WHERE id % 3 = 0 AND last_scanned IS NOT NULL`,
  `INSERT INTO scan_change (environment_id, scan_id, finding_id, kind, at) SELECT 1, 2, f.id, CASE WHEN f.scanner_status = 'new' THEN 'new' ELSE 'unseen' END::scan_change_kind, p.taken_at
   FROM finding f JOIN scan_scope p ON p.scan_id = 2 AND p.scope_id = f.scope_id WHERE f.scanner_status <> 'open'`,
  `SELECT setval(pg_get_serial_sequence('scan', 'id'), 2)`,
];

export const BESIDE: readonly string[] = [...TICKETS, ...REQUESTS, ...SCAN];
