import type { z } from "zod";
import { findMember, holdMembers, isLastAdmin } from "@/lib/db/member";
import { disablePersonInput } from "@/lib/domain/access/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { reachesAll } from "@/lib/gate/reach";

/** Shuts a member out (at their next request, everywhere), or lets them in again. Takes {environment, person, disabled}. */
export async function disablePerson(actor: Actor, raw: z.input<typeof disablePersonInput>): Promise<Result<{ disabled: boolean }>> {
  return commit(actor, {
    act: "people.manage",
    input: disablePersonInput,
    work: async (tx, { environment, person, disabled }, { now }) => {
      const member = await findMember(tx, environment, person);
      if (!member) return refuse("missing", "There is no such person here.");
      if (person === actor.personId) return refuse("conflict", "Nobody disables themselves.", { next: "Ask another admin." });
      const beyond = reachesAll(actor, member.environments);
      if (beyond) return beyond;
      const isLast = isLastAdmin(await holdMembers(tx, environment), person);
      if (disabled && isLast) return refuse("conflict", "This is the last admin of the environment.", { next: "Make somebody else admin first." });
      if ((member.disabledAt !== null) === disabled) return ok({ unchanged: { disabled } });

      return ok({
        trail: [{ action: disabled ? "person.disabled" : "person.enabled", record: { type: "person", number: person } }],
        write: async (within) => {
          await within.person.update({ where: { id: person }, data: { disabledAt: disabled ? now : null, sessionVersion: { increment: 1 } } });
          return { disabled };
        },
      });
    },
  }, raw);
}
