import type { z } from "zod";
import { revokeTokenInput } from "@/lib/domain/access/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

/** Ends a token at once. Takes {environment, token, reason?}. */
export async function revokeToken(actor: Actor, raw: z.input<typeof revokeTokenInput>): Promise<Result<{ token: number }>> {
  return commit(actor, {
    act: "token.manage",
    input: revokeTokenInput,
    work: async (tx, { environment, token: id, reason }, { now }) => {
      const token = await tx.apiToken.findUnique({ where: { environmentId_id: { environmentId: environment, id } } });
      if (!token) return refuse("missing", "There is no such token here.");
      if (token.revokedAt) return ok({ unchanged: { token: id } });

      return ok({
        trail: [{ action: "token.revoked", record: { type: "token", number: id }, before: { name: token.name, role: token.role }, note: reason ?? null }],
        write: async (within) => {
          await within.apiToken.update({ where: { environmentId_id: { environmentId: environment, id } }, data: { revokedAt: now } });
          return { token: id };
        },
      });
    },
  }, raw);
}
