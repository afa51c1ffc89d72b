import { z } from "zod";
import { sql } from "@/lib/db/client";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const id = z.number().int().positive().max(2_147_483_647);
const input = z.object({ environment: id, connector: id, hooks: z.array(z.object({ id, outcome: z.string().max(300) })).min(1).max(500) });

/** Says what became of webhooks, `{environment, connector, hooks: [{id, outcome}]}`. Their texts go; their keys stay, so that none is taken twice. Asked by a job. */
export function settleHooks(actor: Actor, raw: unknown): Promise<Result<{ settled: number }>> {
  return commit(actor, {
    act: "delivery.steer", input,
    work: async (_tx, { connector, hooks }) => ok({
      books: async (within) => ({
        settled: await within.$executeRaw(sql`
          UPDATE hook h SET settled_at = now(), outcome = g.outcome, body = '{}' FROM jsonb_to_recordset(${JSON.stringify(hooks)}::jsonb) AS g(id int, outcome text)
          WHERE h.id = g.id AND h.connector_id = ${connector} AND h.settled_at IS NULL`),
      }),
    }),
  }, raw);
}
