import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { z } from "zod";
import { createPerson } from "@/lib/commands/people/create";
import { operatorActor } from "@/lib/gate/actor";

/** Lets somebody into the environment of the bench, by e-mail and password. */
const given = z.object({ email: z.string(), password: z.string() }).parse(JSON.parse(fs.readFileSync(0, "utf8")));
const answer = await createPerson(operatorActor(randomUUID()), { environment: 1, name: "Visitor", role: "manager", ...given });
if (!answer.ok) console.error(answer.refusal);
process.exit(answer.ok ? 0 : 1);
