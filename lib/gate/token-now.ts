import { prisma } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { lowerRole, type Role } from "@/lib/domain/access/can";
import type { Scope } from "@/lib/domain/access/scopes";

/** A token that holds `at` this moment: what it may do here, where it is taken from (none named: anywhere), and who stands behind it. */
export type HeldToken = { id: number; environment: number; name: string; role: Role; scopes: readonly Scope[]; addresses: readonly string[]; person: { id: number; email: string } | null; at: Date };

/**
 * The token of this hash or id, as it and its person stand now; null when it is unknown, revoked or past its day on the database's clock.
 * One that was made for a person may what both may, signs with both names, and ends while that person is disabled or no member.
 */
export async function tokenNow(which: { hash: Uint8Array<ArrayBuffer> } | { id: number }): Promise<HeldToken | null> {
  const token = await prisma.apiToken.findUnique({ where: which, include: { owner: { include: { person: true } } } });
  if (!token || token.revokedAt) return null;
  const at = await databaseNow(prisma);
  if (token.expiresAt <= at) return null;
  const { id, environmentId: environment, name, role, scopes, addresses, owner } = token;
  if (!owner) return { id, environment, name, role, scopes, addresses, person: null, at };
  if (!owner.active || owner.person.disabledAt) return null;
  return { id, environment, name: `${name}, for ${owner.person.name}`, role: lowerRole(role, owner.role), scopes, addresses, person: { id: owner.personId, email: owner.person.email }, at };
}
