import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";

/** Was an action with this id done already? Whoever asks second waits here until the first is through. audit_event_action_id_idx. */
export async function isDoneBefore(tx: Tx, actionId: string): Promise<boolean> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${actionId}, 0))`);
  return (await row(tx, z.object({ there: z.number() }), sql`SELECT 1 AS there FROM audit_event WHERE action_id = ${actionId}::uuid LIMIT 1`)) !== null;
}

const done = z.object({ at: z.date(), changed: z.array(z.number()), requested: z.array(z.number()) });

/** What an action on findings did: the numbers that it moved, those that wait for an approver, and when. */
export async function doneOnFindings(tx: Tx, environment: number, actionId: string): Promise<z.output<typeof done> | null> {
  return row(tx, done, sql`
    WITH events AS (SELECT at, version, action, record_number AS number FROM audit_event
      WHERE environment_id = ${environment} AND action_id = ${actionId}::uuid AND finding_id IS NOT NULL),
    waiting AS (SELECT coalesce(array_agg(DISTINCT number), '{}') AS numbers FROM events WHERE action = 'acceptance.requested')
    SELECT min(at) AS at, coalesce(array_agg(DISTINCT number) FILTER (WHERE version IS NOT NULL AND number <> ALL (waiting.numbers)), '{}') AS changed,
      waiting.numbers AS requested
    FROM events, waiting GROUP BY waiting.numbers`);
}
