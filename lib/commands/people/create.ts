import type { z } from "zod";
import { nextId } from "@/lib/db/next-id";
import { createPersonInput } from "@/lib/domain/access/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback } from "@/lib/gate/commit";
import { hashPassword } from "@/lib/gate/secrets";

/**
 * Adds a person with their first role. Takes {environment, email, name, role, password}; gives the person's id.
 * Refuses an e-mail that already has an account: that person is given a role instead.
 */
export async function createPerson(actor: Actor, raw: z.input<typeof createPersonInput>): Promise<Result<{ person: number }>> {
  return commit(actor, {
    act: "people.manage",
    input: createPersonInput,
    work: async (tx, { environment, email, name, role, password }) => {
      const taken = refuse("conflict", `${email} already has an account.`, { next: "Give that person a role in this environment." });
      if (await tx.person.findUnique({ where: { email } })) return taken;
      const person = await nextId(tx, "person");
      const passwordHash = await hashPassword(password);
      const record = { type: "person", number: person };

      return ok({
        trail: [
          { action: "person.created", record, after: { email, name } },
          { action: "membership.granted", record, after: { role } },
        ],
        write: async (within) => {
          const { count } = await within.person.createMany({ data: [{ id: person, email, name, passwordHash }], skipDuplicates: true });
          if (count === 0) throw new Rollback(taken.refusal);
          await within.membership.create({ data: { environmentId: environment, personId: person, role } });
          return { person };
        },
      });
    },
  }, raw);
}
