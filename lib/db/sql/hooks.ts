import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";

export type SettledHook = { id: number; outcome: string };

/** Notes what became of webhooks. Their texts go; their keys stay, so that none is taken twice. */
export async function settleHooks(tx: Tx, connector: number, hooks: readonly SettledHook[]): Promise<void> {
  if (hooks.length === 0) return;
  await tx.$executeRaw(sql`
    UPDATE hook h SET settled_at = now(), outcome = g.outcome, body = '{}' FROM jsonb_to_recordset(${JSON.stringify(hooks)}::jsonb) AS g(id int, outcome text)
    WHERE h.id = g.id AND h.connector_id = ${connector} AND h.settled_at IS NULL`);
}

export type NewHook = { key: string; body: unknown };

/** Keeps webhooks as they came, in this order; gives the keys that were not known before. */
export async function insertHooks(tx: Tx, environment: number, connector: number, hooks: readonly NewHook[]): Promise<string[]> {
  const made = await rows(tx, z.object({ key: z.string() }), sql`
    INSERT INTO hook (environment_id, connector_id, key, body)
    SELECT ${environment}::int, ${connector}::int, g.key, g.body FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(hooks)}::jsonb) AS (key text, body jsonb)) WITH ORDINALITY AS g(key, body, at) ORDER BY g.at
    ON CONFLICT (connector_id, key) DO NOTHING RETURNING key`);
  return made.map(({ key }) => key);
}
