import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Fault, type Verbs } from "@/lib/cli/command";
import { createEnvironment } from "@/lib/commands/environments/create";
import { operatorActor } from "@/lib/gate/actor";
import { listEnvironments } from "@/lib/queries/environments";

const given = z.object({ name: z.string() });

export const verbs: Verbs = {
  create: {
    summary: "make an environment with the default policy; prints its number",
    usage: "--name NAME [--json]",
    options: { name: { type: "string" } },
    run: async ({ values, json, print }) => {
      const { name } = given.parse(values);
      const made = await createEnvironment(operatorActor(randomUUID()), { environment: null, name });
      if (!made.ok) throw new Fault(made.refusal.message);
      print(json ? JSON.stringify({ number: made.value.environment, name }) : String(made.value.environment));
      return 0;
    },
  },
  list: {
    summary: "print number and name of each environment",
    usage: "[--json]",
    run: async ({ json, print }) => {
      const environments = await listEnvironments(operatorActor(randomUUID()));
      if (json) print(JSON.stringify(environments));
      else for (const { number, name } of environments) print(`${number}\t${name}`);
      return 0;
    },
  },
};
