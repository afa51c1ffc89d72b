import type pg from "pg";
import { on } from "@/lib/bench/databases";
import { luck, RECOUNT_TICKETS } from "@/lib/bench/queue-beside";
import { LARGE_QUEUE } from "@/lib/bench/queue-world";
import type { Setting } from "@/lib/bench/world";

/** The large queue with a ticket for three in ten of its findings: of two years, most closed, four in ten in a tracker. */
export const TICKETS = "bench_tickets";

const STATEMENTS: readonly string[] = [
  "SET session_replication_role = replica",
  "SET maintenance_work_mem = '512MB'",
  "DELETE FROM ticket_finding",
  "DELETE FROM ticket",
  "INSERT INTO connector (environment_id, kind, name, hook_id) VALUES (1, 'jira_cloud', 'Tracker', 'bench')",
  `INSERT INTO ticket (environment_id, number, title, marker, state, close_reason, closed_at, reopen_count, proposal, proposed_at, assignee_id, team, priority, destination, connector_id, sync,
     external_key, external_done, drift, actor_type, actor_id, actor_name, created_at, updated_at, severity, remediation, finding_count)
   SELECT 1, n, left(title || ' on ' || asset, 300), 'bench-' || n, CASE WHEN closed THEN 'closed' ELSE 'open' END::ticket_state, CASE WHEN closed THEN 'patched'::close_reason END, CASE WHEN closed THEN now() END,
     (luck_again < 0.03)::int, CASE WHEN luck_proposed < 0.004 THEN 'Seen again.' END, CASE WHEN luck_proposed < 0.004 THEN now() END,
     CASE WHEN luck_whose < 0.3 THEN (SELECT min(id) FROM person WHERE email LIKE '%@bench.test') + floor(40 * (luck_whose / 0.3) ^ 2)::int END, CASE WHEN luck_whose > 0.9 THEN 'Team ' || n % 9 END,
     (ARRAY['urgent', 'high', 'medium', 'medium', 'medium', 'low'])[1 + floor(luck_priority * 6)::int]::ticket_priority,
     CASE WHEN there THEN 'jira_cloud' ELSE 'internal' END::destination, CASE WHEN there THEN (SELECT max(id) FROM connector) END,
     CASE WHEN there THEN CASE WHEN luck_sync < 0.01 THEN 'failed' ELSE 'sent' END ELSE 'none' END::ticket_sync, CASE WHEN there THEN 'SEC-' || n END,
     there AND NOT closed AND luck_sync > 0.97, CASE WHEN there AND luck_sync BETWEEN 0.1 AND 0.11 THEN '{title}' ELSE '{}' END::text[],
     'system', 'bench', 'Bench', now() - (total - n) * interval '3 minutes', now() - (total - n) * luck_moved * interval '3 minutes', severity,
     CASE WHEN closed THEN 'verified' ELSE (ARRAY['open', 'in_progress', 'resolved', 'reopened'])[1 + floor(4 * luck_again ^ 2)::int] END::remediation_status, 1
   FROM (SELECT row_number() OVER (ORDER BY f.id) AS n, count(*) OVER () AS total, f.title, a.name AS asset, f.calibrated AS severity, ${luck("done")} < 0.7 AS closed, ${luck("there")} < 0.4 AS there,
     ${luck("again")} AS luck_again, ${luck("proposed")} AS luck_proposed, ${luck("hands")} AS luck_whose, ${luck("priority")} AS luck_priority, ${luck("sync")} AS luck_sync, ${luck("moved")} AS luck_moved
     FROM finding f JOIN asset a ON a.id = f.asset_id WHERE f.environment_id = 1 AND ${luck("ticketed")} < 0.3) f`,
  `INSERT INTO ticket_finding (environment_id, ticket_id, finding_id, is_open, remediation)
   SELECT 1, t.id, f.id, t.state = 'open', t.remediation FROM (SELECT f.id, row_number() OVER (ORDER BY f.id) AS n FROM finding f WHERE f.environment_id = 1 AND ${luck("ticketed")} < 0.3) f JOIN ticket t ON t.number = f.n AND t.environment_id = 1`,
  ...RECOUNT_TICKETS,
  "SET session_replication_role = origin",
  "VACUUM (FREEZE, ANALYZE) ticket, ticket_finding, ticket_count, ticket_tally",
];

async function write(client: pg.Client): Promise<void> {
  for (const statement of STATEMENTS) await client.query(statement);
}

/** Database TICKETS from LARGE_QUEUE. */
export async function makeTickets({ databases }: Setting): Promise<void> {
  await on(await databases.copy(LARGE_QUEUE, TICKETS), write);
}
