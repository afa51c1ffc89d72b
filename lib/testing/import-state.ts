import { z } from "zod";
import { prisma, sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";

const line = z.object({ line: z.string() });

/**
 * Everything that imports leave in an environment, line by line in an order of its own: findings with their decisions, what each event
 * did to them, proposals, changes of detection, scopes, counters, what waits beside the tables. Left out are hours at which clocks were
 * set, numbers that a sequence gives, and what tells one scan from another.
 */
export async function importState(environment: number): Promise<string[]> {
  const found = await rows(prisma, line, sql`
    SELECT line FROM (
      SELECT format('finding %s %s %s %s %s/%s v%s %s %s seen %s scanned %s added %s', f.number, a.name, left(encode(f.fingerprint, 'hex'), 8), f.location,
        f.scanner_status, f.governance_status, f.version, f.technical, f.suppressed, d.last_seen_on, d.last_scanned, f.added_on) AS line
      FROM finding f JOIN finding_detection d USING (id) JOIN asset a ON a.id = f.asset_id WHERE f.environment_id = ${environment}
      UNION ALL SELECT format('event F-%s %s v%s %s>%s', f.number, e.action, e.version, e.from_status, e.to_status)
        FROM audit_event e JOIN finding f ON f.id = e.finding_id WHERE e.environment_id = ${environment}
      UNION ALL SELECT format('carry F-%s F-%s %s', o.number, n.number, c.why) FROM carry c JOIN finding o ON o.id = c.from_id JOIN finding n ON n.id = c.to_id
        WHERE c.environment_id = ${environment}
      UNION ALL SELECT format('change F-%s %s %s', f.number, c.kind, c.at) FROM scan_change c JOIN finding f ON f.id = c.finding_id
        WHERE c.environment_id = ${environment} AND c.kind <> 'history'
      UNION ALL SELECT format('scope %s %s %s', a.name, d.name, s.last_scanned) FROM scope s JOIN asset a ON a.id = s.asset_id JOIN detector d ON d.id = s.detector_id
        WHERE s.environment_id = ${environment}
      UNION ALL SELECT format('rule %s %s', key, name) FROM rule WHERE environment_id = ${environment}
      UNION ALL SELECT format('count %s %s %s %s', response, detected, assigned, sum(n)) FROM queue_count
        WHERE environment_id = ${environment} GROUP BY response, detected, assigned HAVING sum(n) <> 0
      UNION ALL SELECT format('chip %s %s', chip, sum(n)) FROM queue_chip WHERE environment_id = ${environment} GROUP BY chip HAVING sum(n) <> 0
      UNION ALL SELECT format('staged %s', count(*)) FROM scan_stage WHERE environment_id = ${environment}
    ) state ORDER BY line COLLATE "C"`);
  return found.map((one) => one.line);
}
