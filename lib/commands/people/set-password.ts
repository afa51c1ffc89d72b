import type { z } from "zod";
import { findMember } from "@/lib/db/member";
import { setPasswordInput } from "@/lib/domain/access/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";
import { reachesAll } from "@/lib/gate/reach";
import { hashPassword } from "@/lib/gate/secrets";

/** Gives a member a new password and ends all their sessions. Takes {environment, person, password}. */
export async function setPassword(actor: Actor, raw: z.input<typeof setPasswordInput>): Promise<Result<{ person: number }>> {
  return commit(actor, {
    act: "people.manage",
    input: setPasswordInput,
    work: async (tx, { environment, person, password }) => {
      const member = await findMember(tx, environment, person);
      if (!member) return refuse("missing", "There is no such person here.");
      const beyond = reachesAll(actor, member.environments);
      if (beyond) return beyond;
      const passwordHash = await hashPassword(password);

      return ok({
        trail: [{ action: "person.password_changed", record: { type: "person", number: person } }],
        write: async (within) => {
          await within.person.update({ where: { id: person }, data: { passwordHash, sessionVersion: { increment: 1 } } });
          return { person };
        },
      });
    },
  }, raw);
}
