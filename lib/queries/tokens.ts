import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { lowerRole, type Role } from "@/lib/domain/access/can";
import type { Scope } from "@/lib/domain/access/scopes";
import type { TokenRecord } from "@/lib/domain/records/token";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { TokensPage } from "@/lib/domain/views/tokens";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { environmentOf, meOf } from "@/lib/queries/who";

const environment = z.number().int().positive();
const MOST = 500;
const OWNER = { owner: { include: { person: true } } } as const;

type Stored = {
  id: number; name: string; prefix: string; role: Role; scopes: Scope[]; addresses: string[]; createdAt: Date; expiresAt: Date; lastUsedAt: Date | null; revokedAt: Date | null;
  owner: { role: Role; active: boolean; person: { email: string; disabledAt: Date | null } } | null;
};

function stateOf({ revokedAt, expiresAt, owner }: Stored, now: Date): TokenRecord["state"] {
  if (revokedAt) return "revoked";
  if (expiresAt <= now) return "expired";
  return owner && (!owner.active || owner.person.disabledAt) ? "asleep" : "active";
}

function tokenRecordOf(token: Stored, now: Date): TokenRecord {
  const { id, name, prefix, role, scopes, addresses, owner, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  return {
    id, name, prefix, role: owner ? lowerRole(role, owner.role) : role, scopes, addresses, person: owner?.person.email ?? null, state: stateOf(token, now),
    created_at: createdAt.toISOString(), expires_at: expiresAt.toISOString(), last_used_at: lastUsedAt?.toISOString() ?? null, revoked_at: revokedAt?.toISOString() ?? null,
  };
}

/** Those that are to hold first, then those that were revoked or expired, each the newest first: what ended long ago falls off the end. */
async function tokensIn(db: Db, where: number, now: Date): Promise<Stored[]> {
  const such = (which: object, take: number): Promise<Stored[]> => db.apiToken.findMany({
    where: { environmentId: where, ...which }, include: OWNER, take, orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const holding = await such({ revokedAt: null, expiresAt: { gt: now } }, MOST);
  return [...holding, ...(await such({ OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] }, MOST - holding.length))];
}

/** The tokens of an environment: `{environment}`; at most 500, those that are to hold first, then what was revoked or expired. */
export function listTokens(actor: Actor, raw: unknown): Promise<Result<{ items: TokenRecord[] }>> {
  return read(actor, {
    act: "token.manage",
    input: z.object({ environment }),
    load: async (db, { environment: where }, { now }) => ok({ items: (await tokensIn(db, where, now)).map((token) => tokenRecordOf(token, now)) }),
  }, raw);
}

/** One token: `{environment, token}`. */
export function getToken(actor: Actor, raw: unknown): Promise<Result<TokenRecord>> {
  return read(actor, {
    act: "token.manage",
    input: z.object({ environment, token: z.number().int().positive() }),
    load: async (db, { environment: where, token: id }, { now }) => {
      const found = await db.apiToken.findUnique({ where: { environmentId_id: { environmentId: where, id } }, include: OWNER });
      return found ? ok(tokenRecordOf(found, now)) : refuse("missing", "There is no such token here.");
    },
  }, raw);
}

/** What the settings show of tokens: `{environment}`. */
export function tokensPage(actor: Actor, raw: unknown): Promise<Result<TokensPage>> {
  return read(actor, {
    act: "token.manage",
    input: z.object({ environment }),
    load: async (db, { environment: where }, { now }) => {
      const place = await environmentOf(db, where);
      if (!place) return refuse("missing", "There is no such environment.");
      return ok({ environment: place, me: meOf(actor, where), now: now.toISOString(), tokens: (await tokensIn(db, where, now)).map((token) => tokenRecordOf(token, now)) });
    },
  }, raw);
}
