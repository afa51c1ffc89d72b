import { storedTokenOf } from "@/lib/db/sql/callers";
import { lowerRole, type Role } from "@/lib/domain/access/can";
import type { Scope } from "@/lib/domain/access/scopes";

/** A token that holds `at` this moment: what it may do here, where it is taken from (none named: anywhere), and who stands behind it. */
export type HeldToken = { id: number; environment: number; name: string; role: Role; scopes: readonly Scope[]; addresses: readonly string[]; person: { id: number; email: string } | null; at: Date; lastUsedAt: Date | null };

/**
 * The token of this hash or id, as it and its person stand now; null when it is unknown, revoked or past its day on the database's clock.
 * One that was made for a person may what both may, signs with both names, and ends while that person is disabled or no member.
 */
export async function tokenNow(which: { hash: Uint8Array } | { id: number }): Promise<HeldToken | null> {
  const token = await storedTokenOf(which);
  if (!token || token.revokedAt || token.expiresAt <= token.at || token.owner?.isIn === false) return null;
  const { id, environment, name, role, scopes, addresses, owner, at, lastUsedAt } = token;
  const held = { id, environment, scopes, addresses, at, lastUsedAt };
  return owner ? { ...held, name: `${name}, for ${owner.name}`, role: lowerRole(role, owner.role), person: { id: owner.id, email: owner.email } } : { ...held, name, role, person: null };
}
