import type { Tx } from "@/lib/db/client";

/** A person as a member of this environment, with every environment where they act; null when they are none here. */
export async function findMember(tx: Tx, environment: number, person: number) {
  const found = await tx.person.findFirst({
    where: { id: person, memberships: { some: { environmentId: environment } } },
    include: { memberships: { where: { active: true }, orderBy: { environmentId: "asc" } } },
  });
  return found && { ...found, environments: found.memberships.map(({ environmentId }) => environmentId) };
}
