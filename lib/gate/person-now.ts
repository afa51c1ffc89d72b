import { storedPersonOf } from "@/lib/db/sql/callers";
import type { Role } from "@/lib/domain/access/can";

/** A person as they stand at this moment; `roles` by environment. */
export type PersonNow = { id: number; email: string; name: string; version: number; roles: ReadonlyMap<number, Role> };

/** Null where there is none, they are disabled, or they signed out of that session; `session` null: none is meant. */
export async function personNow(id: number, session: string | null): Promise<PersonNow | null> {
  const person = await storedPersonOf(id, session);
  if (!person || person.isDisabled || person.isSignedOut) return null;
  return { ...person, roles: new Map(person.roles.map(({ environment, role }) => [environment, role])) };
}
