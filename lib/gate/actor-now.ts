import type { Actor } from "@/lib/gate/actor";
import { personNow } from "@/lib/gate/person-now";
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
  if (type === "user" && personId !== null) return { ...asNow, roles: (await personNow(personId, null))?.roles ?? new Map() };
  const token = type === "token" && /^\d{1,9}$/.test(id) ? await tokenNow({ id: Number(id) }) : null;
  return { ...asNow, roles: new Map(token ? [[token.environment, token.role]] : []), ...(token ? { scopes: token.scopes } : {}) };
}
