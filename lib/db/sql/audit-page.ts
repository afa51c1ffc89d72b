import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { EVENT_COLUMNS, eventRow, type StoredEvent } from "@/lib/db/sql/event-row";
import { every } from "@/lib/db/sql/matching";

/** What narrows the log; null asks for everything. Times are half open. */
export type LogFilter = {
  actor: string | null; action: string | null; record: { type: string | null; number: number | null };
  from: Date | null; until: Date | null; before: number | null;
};

/** Events of the environment, newest first: audit_event_environment_id_sequence_idx read backwards. */
export async function logPage(db: Db, environment: number, filter: LogFilter, limit: number): Promise<StoredEvent[]> {
  const { actor, action, record, from, until, before } = filter;
  const where = every([
    sql`e.environment_id = ${environment}`,
    ...(before === null ? [] : [sql`e.sequence < ${before}`]),
    ...(actor === null ? [] : [sql`e.actor_id = ${actor}`]),
    ...(action === null ? [] : [sql`e.action = ${action}`]),
    ...(record.type === null ? [] : [sql`e.record_type = ${record.type}`]),
    ...(record.number === null ? [] : [sql`e.record_number = ${record.number}`]),
    ...(from === null ? [] : [sql`e.at >= ${from}`]),
    ...(until === null ? [] : [sql`e.at < ${until}`]),
  ]);
  return rows(db, eventRow, sql`SELECT ${EVENT_COLUMNS} FROM audit_event e JOIN audit_body b USING (sequence) WHERE ${where} ORDER BY e.sequence DESC LIMIT ${limit}`);
}

const actor = z.object({ id: z.string(), name: z.string() });

/** Who may be chosen in the filter: members, tokens and the system; at most 500. */
export async function logActors(db: Db, environment: number): Promise<z.output<typeof actor>[]> {
  return rows(db, actor, sql`
    SELECT p.email AS id, p.name FROM membership m JOIN person p ON p.id = m.person_id WHERE m.environment_id = ${environment}
    UNION ALL SELECT t.id::text, t.name FROM api_token t WHERE t.environment_id = ${environment}
    UNION ALL SELECT 'system', 'System' UNION ALL SELECT 'operator', 'Operator (command line)' ORDER BY name, id LIMIT 500`);
}
