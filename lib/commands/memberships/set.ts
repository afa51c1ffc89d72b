import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { ROLES, type Role } from "@/lib/domain/access/can";
import { setMembershipInput } from "@/lib/domain/access/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type TrailEntry } from "@/lib/gate/commit";

type Set = { person: number; role: Role | null };

const memberRow = z.object({ person_id: z.number().int(), role: z.enum(ROLES), active: z.boolean() });

/** The members, held until the end of the transaction: two admins must not take each other's role away at once. */
async function holdMembers(tx: Tx, environment: number) {
  return rows(tx, memberRow, sql`SELECT person_id, role, active FROM membership WHERE environment_id = ${environment} ORDER BY person_id FOR UPDATE`);
}

function entryFor(person: number, before: Role | null, after: Role | null): TrailEntry {
  const action = after === null ? "membership.revoked" : before === null ? "membership.granted" : "membership.changed";
  return { action, record: { type: "person", number: person }, before: before && { role: before }, after: after && { role: after } };
}

/**
 * Gives somebody with an account a role here, changes it or (null) takes it away; it counts from their next request on.
 * Takes {environment, email, role}. Refuses to leave the environment without an admin.
 */
export async function setMembership(actor: Actor, raw: z.input<typeof setMembershipInput>): Promise<Result<Set>> {
  return commit(actor, {
    act: "people.manage",
    input: setMembershipInput,
    work: async (tx, { environment, email, role }) => {
      const person = await tx.person.findUnique({ where: { email } });
      if (!person) return refuse("missing", `${email} has no account.`, { next: "Add the person first." });
      const members = (await holdMembers(tx, environment)).filter(({ active }) => active);
      const before = members.find(({ person_id: id }) => id === person.id)?.role ?? null;
      if (before === role) return ok({ unchanged: { person: person.id, role } });

      const admins = members.filter((member) => member.role === "admin");
      if (before === "admin" && admins.length === 1) return refuse("conflict", "This is the last admin of the environment.", { next: "Make somebody else admin first." });

      return ok({
        trail: [entryFor(person.id, before, role)],
        write: async (within) => {
          const key = { environmentId: environment, personId: person.id };
          const set = role === null ? { active: false } : { active: true, role };
          await within.membership.upsert({ where: { environmentId_personId: key }, update: set, create: { ...key, role: role ?? "viewer", active: role !== null } });
          return { person: person.id, role };
        },
      });
    },
  }, raw);
}
