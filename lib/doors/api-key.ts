import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import type { Actor } from "@/lib/gate/actor";
import { hashToken } from "@/lib/gate/secrets";

const BEARER = /^Bearer (dkt_[A-Za-z0-9_-]{20,120})$/i;
const MINUTE = 60_000;

/** A caller with a token: who it is to the gate, and the record that limits and stored answers hang on. */
export type Caller = { actor: Actor; token: number; environment: number };

/**
 * The caller behind `Authorization: Bearer dkt_…`; null when the header is absent or malformed, or the token unknown, expired or revoked.
 * Expiry counts on the database's clock.
 */
export async function tokenCaller(request: Request, requestId: string): Promise<Caller | null> {
  const [, text] = BEARER.exec(request.headers.get("authorization") ?? "") ?? [];
  if (text === undefined) return null;
  const token = await prisma.apiToken.findUnique({ where: { hash: hashToken(text) } });
  if (!token || token.revokedAt) return null;
  const now = await databaseNow(prisma);
  if (token.expiresAt <= now) return null;

  const used = new Date(now.getTime() - MINUTE);
  await prisma.apiToken.updateMany({ where: { id: token.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: used } }] }, data: { lastUsedAt: now } });
  const roles = new Map([[token.environmentId, token.role]]);
  const actor: Actor = { type: "token", id: String(token.id), name: token.name, personId: null, roles, requestId };
  return { actor, token: token.id, environment: token.environmentId };
}
