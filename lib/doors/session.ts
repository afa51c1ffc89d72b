import { randomUUID } from "node:crypto";
import { cookies } from "next/headers";
import { cache } from "react";
import { askAgain } from "@/lib/db/client";
import { isDemoAccount } from "@/lib/domain/access/demo-accounts";
import { mayUseDemoAccounts } from "@/lib/env";
import type { Actor } from "@/lib/gate/actor";
import { personNow } from "@/lib/gate/person-now";
import { readSession, SESSION_COOKIE, type Claims } from "./session-cookie";

/**
 * The person behind a session as they stand in the database now: a disabled person, a changed password (session version), a lost role
 * or a sign-out counts from the next request on. Null when the session no longer holds.
 */
export const sessionActor = (claims: Claims): Promise<Actor | null> => actorOf(claims, claims.session);

/** The person of a session version, whichever their session. */
export const personActor = (claims: Pick<Claims, "person" | "version">): Promise<Actor | null> => actorOf(claims, null);

async function actorOf({ person: id, version }: Pick<Claims, "person" | "version">, session: string | null): Promise<Actor | null> {
  const person = await askAgain(() => personNow(id, session));
  if (person?.version !== version || (isDemoAccount(person.email) && !mayUseDemoAccounts)) return null;
  return { type: "user", id: person.email, name: person.name, personId: person.id, roles: person.roles, requestId: randomUUID() };
}

/** Who asks, for pages, actions and session-authenticated routes; null when nobody is signed in. Read once for each request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const claims = await readSession((await cookies()).get(SESSION_COOKIE)?.value);
  return claims && sessionActor(claims);
});
