import type { z } from "zod";
import { nextId } from "@/lib/db/next-id";
import { createEnvironmentInput } from "@/lib/domain/access/input";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, Rollback } from "@/lib/gate/commit";

/** Makes an environment with the default policy as its version 1. The operator's alone: takes {environment: null, name}, gives its number. */
export async function createEnvironment(actor: Actor, raw: z.input<typeof createEnvironmentInput>): Promise<Result<{ environment: number }>> {
  return commit(actor, {
    act: "environment.manage",
    input: createEnvironmentInput,
    work: async (tx, { name }) => {
      const taken = refuse("conflict", `There already is an environment "${name}".`);
      if (await tx.environment.findUnique({ where: { name } })) return taken;
      const environment = await nextId(tx, "environment");

      return ok({
        trail: [{ action: "environment.created", record: { type: "environment", number: environment }, after: { name } }],
        write: async (within) => {
          const { count } = await within.environment.createMany({ data: [{ id: environment, name }], skipDuplicates: true });
          if (count === 0) throw new Rollback(taken.refusal);
          await within.policy.create({ data: { environmentId: environment, version: 1 } });
          return { environment };
        },
      });
    },
  }, raw);
}
