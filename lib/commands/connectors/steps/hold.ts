import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { CONNECTOR_KINDS } from "@/lib/domain/connector/kinds";

const held = z.object({
  id: z.number(), kind: z.enum(CONNECTOR_KINDS), name: z.string(), settings: z.record(z.string(), z.unknown()), hasSecret: z.boolean(), hookSealed: z.instanceof(Uint8Array).nullable(),
  lagSeconds: z.number(), enabled: z.boolean(), version: z.number(),
});
export type HeldConnector = z.output<typeof held>;

/** A connector that is not removed, held until the transaction ends. */
export async function heldConnector(tx: Tx, environment: number, id: number): Promise<HeldConnector | null> {
  return row(tx, held, sql`
    SELECT id, kind, name, settings, sealed IS NOT NULL AS "hasSecret", hook_sealed AS "hookSealed", lag_seconds AS "lagSeconds", enabled, version FROM connector
    WHERE environment_id = ${environment} AND id = ${id} AND removed_at IS NULL FOR NO KEY UPDATE`);
}

/** Is the name another one's? Two of one name at once come one after the other. */
export async function nameTaken(tx: Tx, environment: number, name: string, except: number | null): Promise<boolean> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended('docket connector ' || lower(${name}::text), ${environment}))`);
  const found = await row(tx, z.object({ id: z.number() }), sql`
    SELECT id FROM connector WHERE environment_id = ${environment} AND lower(name) = lower(${name}::text) AND removed_at IS NULL AND id IS DISTINCT FROM ${except}::int LIMIT 1`);
  return found !== null;
}

/** How many open tickets stand in the tracker of a connector. ticket_unheard_partial. */
export async function standingThere(tx: Tx, connector: number): Promise<number> {
  const found = await row(tx, z.object({ n: z.number() }), sql`SELECT count(*)::int AS n FROM ticket WHERE connector_id = ${connector} AND external_key IS NOT NULL AND state = 'open' AND sync <> 'gone'`);
  return found?.n ?? 0;
}
