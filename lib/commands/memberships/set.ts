import type { z } from "zod";
import { holdMembers, isLastAdmin } from "@/lib/db/member";
import type { Role } from "@/lib/domain/access/can";
import { setMembershipInput } from "@/lib/domain/access/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type TrailEntry } from "@/lib/gate/commit";

type Set = { person: number; role: Role | null };

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
      const members = await holdMembers(tx, environment);
      const before = members.find((member) => member.person === person.id)?.role ?? null;
      if (before === role) return ok({ unchanged: { person: person.id, role } });

      if (isLastAdmin(members, person.id)) return refuse("conflict", "This is the last admin of the environment.", { next: "Make somebody else admin first." });

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
