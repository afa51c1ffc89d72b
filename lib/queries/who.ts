import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row, rows } from "@/lib/db/rows";
import { ASSIGNABLE_ROLES } from "@/lib/domain/finding/ownership";
import type { EnvironmentView, Me, PersonView } from "@/lib/domain/views/shell";
import { roleIn, type Actor } from "@/lib/gate/actor";

/** At most two letters: of the first and the last name, or the first of the only one. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter((word) => word !== "");
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? "?")][0]?.toUpperCase() ?? "?").join("");
}

const person = z.object({ id: z.number(), name: z.string(), email: z.string() });

/** A person as lists show them. */
export function personView({ id, name, email }: z.output<typeof person>): PersonView {
  return { id, name, email, initials: initialsOf(name) };
}

/** Who asks, as the screen greets them; their role is the one in this environment. */
export function meOf(actor: Actor, environment: number): Me {
  return { id: actor.personId ?? 0, name: actor.name, email: actor.id, initials: initialsOf(actor.name), role: roleIn(actor, environment) ?? "viewer" };
}

/** An environment by its number. The gate has already said that the actor may know of it. */
export async function environmentOf(db: Db, number: number): Promise<EnvironmentView | null> {
  const found = await row(db, z.object({ name: z.string() }), sql`SELECT name FROM environment WHERE id = ${number}`);
  return found && { number, name: found.name };
}

/** The members who can be given work here, those who may decide, by name; at most 500. */
export async function membersOf(db: Db, environment: number): Promise<PersonView[]> {
  const found = await rows(db, person, sql`SELECT p.id, p.name, p.email FROM membership m JOIN person p ON p.id = m.person_id
    WHERE m.environment_id = ${environment} AND m.active AND p.disabled_at IS NULL AND m.role::text = ANY (${[...ASSIGNABLE_ROLES]}::text[]) ORDER BY p.name, p.id LIMIT 500`);
  return found.map(personView);
}
