import { prisma } from "@/lib/db/client";
import { isDemoAccount } from "@/lib/domain/access/demo-accounts";
import { mayUseDemoAccounts } from "@/lib/env";
import type { Actor } from "@/lib/gate/actor";
import { hashToken } from "@/lib/gate/secrets";
import { tokenNow } from "@/lib/gate/token-now";

const BEARER = /^Bearer (dkt_[A-Za-z0-9_-]{20,120})$/i;
const MINUTE = 60_000;

/** A caller with a token: who it is to the gate, and the record that limits and stored answers hang on. */
export type Caller = { actor: Actor; token: number; environment: number };

/**
 * The caller behind `Authorization: Bearer dkt_…`; null when the header is absent or malformed, or the token no longer holds. A token of a
 * person acts for them: what they asked for themselves it does not answer, and `assignee:me` means them.
 */
export async function tokenCaller(request: Request, requestId: string): Promise<Caller | null> {
  const [, text] = BEARER.exec(request.headers.get("authorization") ?? "") ?? [];
  if (text === undefined) return null;
  const token = await tokenNow({ hash: hashToken(text) });
  if (!token || (token.person && isDemoAccount(token.person.email) && !mayUseDemoAccounts)) return null;

  const { id, environment, name, role, person, at } = token;
  const used = new Date(at.getTime() - MINUTE);
  await prisma.apiToken.updateMany({ where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: used } }] }, data: { lastUsedAt: at } });
  const actor: Actor = { type: "token", id: String(id), name, personId: person?.id ?? null, roles: new Map([[environment, role]]), requestId };
  return { actor, token: id, environment };
}
