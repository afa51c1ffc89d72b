import { z } from "zod";
import { sql } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const id = z.number().int().positive().max(2_147_483_647);
/** A webhook as it came: its text, and the headers that say what it is. */
export const storedHook = z.object({ headers: z.record(z.string().max(100), z.string().max(1_000)), text: z.string().max(1_100_000) });
const input = z.object({ environment: id, connector: id, key: z.string().min(1).max(300), body: storedHook });

/** Keeps what a tracker delivered, `{environment, connector, key, body}`, and has it read. A key that came before is known: nothing is done. */
export function storeHook(actor: Actor, raw: unknown): Promise<Result<{ isNew: boolean }>> {
  return commit(actor, {
    act: "delivery.steer", input,
    work: async (tx, { environment, connector, key, body }) => {
      const before = await tx.hook.findUnique({ where: { connectorId_key: { connectorId: connector, key } }, select: { id: true } });
      if (before) return ok({ unchanged: { isNew: false } });
      return ok({
        books: async (within) => {
          const made = await row(within, z.object({ id: z.number() }), sql`
            INSERT INTO hook (environment_id, connector_id, key, body) VALUES (${environment}, ${connector}, ${key}, ${JSON.stringify(body)}::jsonb) ON CONFLICT (connector_id, key) DO NOTHING RETURNING id`);
          return { isNew: made !== null };
        },
        jobs: [{ name: "read-hooks", payload: { connector } }],
      });
    },
  }, raw);
}
