import { sql, type Db } from "@/lib/db/client";

/**
 * What waits for connectors that were removed is called off, and tickets that were never made there say that they were not sent. Whatever somebody has in hand
 * at this moment is left for the next time: the clock asks for all that were removed within a week (`connector` null). Gives how many deliveries were called off.
 */
export async function callOffRemoved(db: Db, connector: number | null): Promise<number> {
  const removed = connector === null ? sql`c.removed_at > now() - interval '7 days'` : sql`c.id = ${connector} AND c.removed_at IS NOT NULL`;
  await db.$executeRaw(sql`
    UPDATE ticket SET sync = 'failed' WHERE id IN (SELECT t.id FROM connector c JOIN ticket t ON t.connector_id = c.id
      WHERE ${removed} AND t.sync IN ('pending', 'in_doubt') AND t.external_key IS NULL FOR UPDATE OF t SKIP LOCKED)`);
  return db.$executeRaw(sql`
    UPDATE delivery SET status = 'cancelled', settled_at = docket_now(), last_error = 'The connector was removed.' WHERE id IN (SELECT d.id FROM connector c JOIN delivery d ON d.connector_id = c.id
      WHERE ${removed} AND d.status IN ('pending', 'in_doubt', 'sending') FOR UPDATE OF d SKIP LOCKED)`);
}
