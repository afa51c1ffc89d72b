import { prisma } from "@/lib/db/client";
import { liesIn } from "@/lib/domain/access/addresses";
import { isDemoAccount } from "@/lib/domain/access/demo-accounts";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import { mayUseDemoAccounts } from "@/lib/env";
import type { Actor } from "@/lib/gate/actor";
import { hashToken } from "@/lib/gate/secrets";
import { tokenNow, type HeldToken } from "@/lib/gate/token-now";
import { addressOf } from "./caller-address";
import { NOBODY } from "./problem";
import { recordElsewhere } from "./record-elsewhere";

const BEARER = /^Bearer (dkt_[A-Za-z0-9_-]{20,120})$/i;
const MINUTE = 60_000;

/** A caller with a token: who it is to the gate, and the record that limits and stored answers hang on. */
export type Caller = { actor: Actor; token: number; environment: number };

/** A token that is called with from where it is not taken: the log is told, what it asked is not even read. */
async function elsewhere(token: HeldToken, address: string, requestId: string): Promise<Refused> {
  await recordElsewhere(token, address, requestId);
  return refuse("forbidden", `This token is not taken from ${address}.`, { next: "Call from an address that it names, or have a token made that names this one too." });
}

function actorOf({ id, environment, name, role, scopes, person }: HeldToken, requestId: string): Actor {
  return { type: "token", id: String(id), name, personId: person?.id ?? null, roles: new Map([[environment, role]]), scopes, requestId };
}

/**
 * The caller behind `Authorization: Bearer dkt_…`. Refuses with `unauthenticated` where the header is absent or malformed, or the token no
 * longer holds, and with `forbidden` where it names addresses and this is none of them. A token of a person acts for them: what they asked
 * for themselves it does not answer, and `assignee:me` means them.
 */
export async function tokenCaller(request: Request, requestId: string): Promise<Result<Caller>> {
  const [, text] = BEARER.exec(request.headers.get("authorization") ?? "") ?? [];
  if (text === undefined) return NOBODY;
  const token = await tokenNow({ hash: hashToken(text) });
  if (!token || (token.person && isDemoAccount(token.person.email) && !mayUseDemoAccounts)) return NOBODY;
  const address = addressOf(request.headers.get("x-forwarded-for"));
  if (token.addresses.length > 0 && !liesIn(address, token.addresses)) return elsewhere(token, address, requestId);

  const { id, environment, at, lastUsedAt } = token;
  const used = new Date(at.getTime() - MINUTE);
  if (lastUsedAt === null || lastUsedAt < used) await prisma.apiToken.updateMany({ where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: used } }] }, data: { lastUsedAt: at } });
  return ok({ actor: actorOf(token, requestId), token: id, environment });
}
