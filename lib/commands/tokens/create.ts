import type { z } from "zod";
import { nextId } from "@/lib/db/next-id";
import { createTokenInput } from "@/lib/domain/access/input";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { newToken } from "@/lib/gate/secrets";

const DAY = 86_400_000;

/**
 * Makes a bearer token for one environment and role, with an expiry. Takes {environment, name, role, days};
 * gives its id, its expiry and, this once, the token itself: only the hash is kept.
 */
export async function createToken(actor: Actor, raw: z.input<typeof createTokenInput>): Promise<Result<{ id: number; token: string; expiresAt: Date }>> {
  return commit(actor, {
    act: "token.manage",
    input: createTokenInput,
    work: async (tx, { environment, name, role, days }, { now }) => {
      const id = await nextId(tx, "api_token");
      const { token, prefix, hash } = newToken();
      const expiresAt = new Date(now.getTime() + days * DAY);

      return ok({
        trail: [{ action: "token.created", record: { type: "token", number: id }, after: { name, role, prefix, expires_at: expiresAt.toISOString() } }],
        write: async (within) => {
          await within.apiToken.create({ data: { id, environmentId: environment, name, role, prefix, hash, expiresAt } });
          return { id, token, expiresAt };
        },
      });
    },
  }, raw);
}
