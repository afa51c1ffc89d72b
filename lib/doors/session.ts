import { randomUUID } from "node:crypto";
import { cookies } from "next/headers";
import { cache } from "react";
import { askAgain, prisma } from "@/lib/db/client";
import { isDemoAccount } from "@/lib/domain/access/demo-accounts";
import { mayUseDemoAccounts } from "@/lib/env";
import type { Actor } from "@/lib/gate/actor";
import { readSession, SESSION_COOKIE, type Claims } from "./session-cookie";

/**
 * The person behind a session as they stand in the database now: a disabled person, a changed password (session version), a lost role
 * or a sign-out counts from the next request on. Null when the session no longer holds.
 */
export async function sessionActor(claims: Claims): Promise<Actor | null> {
  const [actor, ended] = await Promise.all([personActor(claims), askAgain(() => prisma.signedOutSession.findUnique({ where: { id: claims.session } }))]);
  return ended ? null : actor;
}

/** The person of a session version, whichever their session. */
export async function personActor({ person: id, version }: Pick<Claims, "person" | "version">): Promise<Actor | null> {
  const person = await askAgain(() => prisma.person.findUnique({
    where: { id },
    include: { memberships: { where: { active: true }, orderBy: { environmentId: "asc" } } },
  }));
  if (!person || person.disabledAt || person.sessionVersion !== version) return null;
  if (isDemoAccount(person.email) && !mayUseDemoAccounts) return null;
  const roles = new Map(person.memberships.map(({ environmentId, role }) => [environmentId, role]));
  return { type: "user", id: person.email, name: person.name, personId: person.id, roles, requestId: randomUUID() };
}

/** Who asks, for pages, actions and session-authenticated routes; null when nobody is signed in. Read once for each request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const claims = await readSession((await cookies()).get(SESSION_COOKIE)?.value);
  return claims && sessionActor(claims);
});
