import type { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { nextId } from "@/lib/db/next-id";
import { lowerRole, type Role } from "@/lib/domain/access/can";
import { createTokenInput } from "@/lib/domain/access/input";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { newToken } from "@/lib/gate/secrets";

const DAY = 86_400_000;

const FOR_WHOM = "A token is made for yourself or for nobody.";
const OTHERS = refuse("forbidden", FOR_WHOM, { errors: [{ path: "person", message: FOR_WHOM }], next: "For a colleague the operator makes it at the command line: docket token create --person EMAIL." });

type Made = { id: number; token: string; expiresAt: Date; role: Role };

/** Whoever is to stand behind a token: a member here now, who is not disabled. */
function ownerOf(tx: Tx, environment: number, email: string) {
  return tx.membership.findFirst({ where: { environmentId: environment, active: true, person: { email, disabledAt: null } }, include: { person: true } });
}

/**
 * Makes a bearer token for one environment and role, with an expiry, and for a member who stands behind it where one is named. Takes
 * {environment, name, role, days, person?: e-mail, scopes?, addresses?}; gives its id, its expiry, the role that it has now (a person's token may what both
 * may) and, this once, the token itself: only the hash is kept. Whoever makes one names themselves or nobody: with a colleague's token in
 * hand they would answer what they asked for. Only the operator names others, at the command line; a token makes no tokens at all.
 */
export async function createToken(actor: Actor, raw: z.input<typeof createTokenInput>): Promise<Result<Made>> {
  return commit(actor, {
    act: "token.make",
    input: createTokenInput,
    work: async (tx, { environment, name, role, days, person: email, scopes, addresses }, { now }) => {
      const owner = email ? await ownerOf(tx, environment, email) : null;
      if (email && actor.type !== "system" && (owner?.personId ?? null) !== actor.personId) return OTHERS;
      if (email && !owner) return refuseInput([{ path: "person", message: `${email} is no active member of environment ${environment}.` }]);
      const id = await nextId(tx, "api_token");
      const { token, prefix, hash } = newToken();
      const expiresAt = new Date(now.getTime() + days * DAY);

      return ok({
        trail: [{ action: "token.created", record: { type: "token", number: id }, after: { name, role, scopes, addresses, prefix, expires_at: expiresAt.toISOString(), ...(owner ? { person: owner.person.email } : {}) } }],
        write: async (within) => {
          await within.apiToken.create({ data: { id, environmentId: environment, name, role, scopes, addresses, prefix, hash, expiresAt, personId: owner?.personId ?? null } });
          return { id, token, expiresAt, role: owner ? lowerRole(role, owner.role) : role };
        },
      });
    },
  }, raw);
}
