import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import type { Fix } from "@/lib/db/sql/scan-proof";

const proved = z.object({ ticket: z.number(), finding: z.number(), autoRetest: z.boolean(), retestAt: z.coerce.date().nullable() });

/** A fix, by the numbers of its ticket and finding, that an action verified, and what it waited for before. */
export type Proved = z.output<typeof proved>;

/**
 * Which of these fixes were moved last by this action, to verified, as the entries of their tickets say; one that another proof verified, before or since,
 * is none. audit_event_ticket_partial.
 */
export async function provedBy(tx: Tx, environment: number, actionId: string, fixes: readonly Pick<Fix, "ticket" | "finding">[]): Promise<Proved[]> {
  if (fixes.length === 0) return [];
  const [tickets, findings] = [[...new Set(fixes.map(({ ticket }) => ticket))], [...new Set(fixes.map(({ finding }) => finding))]];
  return rows(tx, proved, sql`
    WITH last AS (
      SELECT DISTINCT ON (e.record_number, f.finding) e.record_number AS ticket, f.finding::int AS finding, e.action_id, b.before FROM audit_event e JOIN audit_body b USING (sequence)
      CROSS JOIN LATERAL json_array_elements_text(b.after->'findings') AS f(finding)
      WHERE e.environment_id = ${environment} AND e.record_type = 'ticket' AND e.record_number = ANY (${tickets}::int[]) AND e.action = 'ticket.remediation_moved'
        AND f.finding::int = ANY (${findings}::int[]) ORDER BY e.record_number, f.finding, e.sequence DESC
    )
    SELECT last.ticket, last.finding, (w.one->>'auto_retest')::boolean AS "autoRetest", (w.one->>'retest_at')::timestamptz AS "retestAt"
    FROM last CROSS JOIN LATERAL json_array_elements(last.before->'waited') AS w(one)
    WHERE last.action_id = ${actionId}::uuid AND (w.one->'findings')::jsonb @> to_jsonb(last.finding)`);
}
