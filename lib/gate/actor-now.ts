import { prisma } from "@/lib/db/client";
import type { Actor } from "@/lib/gate/actor";
import { tokenNow } from "@/lib/gate/token-now";

type Known = Pick<Actor, "type" | "id" | "name" | "personId">;

/**
 * Who began something that still runs, with the roles that they have now: a disabled person, a lost role, a token that no longer
 * holds may nothing any more.
 */
export async function actorNow(known: Known, requestId: string): Promise<Actor> {
  const { type, id, name, personId } = known;
  const asNow = { type, id, name, personId, requestId };
  if (type === "system") return { ...asNow, roles: "everywhere" };
  if (type === "user" && personId !== null) {
    const person = await prisma.person.findUnique({ where: { id: personId }, include: { memberships: { where: { active: true }, orderBy: { environmentId: "asc" } } } });
    return { ...asNow, roles: new Map(person && !person.disabledAt ? person.memberships.map(({ environmentId, role }) => [environmentId, role]) : []) };
  }
  const token = type === "token" && /^\d{1,9}$/.test(id) ? await tokenNow({ id: Number(id) }) : null;
  return { ...asNow, roles: new Map(token ? [[token.environment, token.role]] : []), ...(token ? { scopes: token.scopes } : {}) };
}
