import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { ROLES } from "@/lib/domain/access/can";

/** A person as a member of this environment, with every environment where they act; null when they are none here. */
export async function findMember(tx: Tx, environment: number, person: number) {
  const found = await tx.person.findFirst({
    where: { id: person, memberships: { some: { environmentId: environment } } },
    include: { memberships: { where: { active: true }, orderBy: { environmentId: "asc" } } },
  });
  return found && { ...found, environments: found.memberships.map(({ environmentId }) => environmentId) };
}

const memberRow = z.object({ person: z.number().int(), role: z.enum(ROLES), disabled: z.boolean() });

/**
 * The members with a role here, held until the end of the transaction: two admins must not take each other away at once.
 * Read by a second statement, which alone sees what the first had to wait for.
 */
export async function holdMembers(tx: Tx, environment: number): Promise<z.output<typeof memberRow>[]> {
  await tx.$queryRaw(sql`SELECT person_id FROM membership WHERE environment_id = ${environment} ORDER BY person_id FOR UPDATE`);
  return rows(tx, memberRow, sql`SELECT m.person_id AS person, m.role, p.disabled_at IS NOT NULL AS disabled FROM membership m
    JOIN person p ON p.id = m.person_id WHERE m.environment_id = ${environment} AND m.active ORDER BY m.person_id`);
}

/** Is this person the only admin who can still sign in? */
export function isLastAdmin(members: readonly z.output<typeof memberRow>[], person: number): boolean {
  const admins = members.filter(({ role, disabled }) => role === "admin" && !disabled);
  return admins.length === 1 && admins[0]?.person === person;
}
