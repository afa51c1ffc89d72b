import { z } from "zod";
import { sql } from "@/lib/db/client";
import { rows } from "@/lib/db/rows";
import { ok, type Result } from "@/lib/domain/refusal";
import type { PersonView } from "@/lib/domain/views/shell";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { personView } from "@/lib/queries/who";

const person = z.object({ id: z.number(), name: z.string(), email: z.string() });

/** The members of an environment who can sign in, whatever their role, by name: `{environment}`; at most 500. */
export function peopleHere(actor: Actor, raw: unknown): Promise<Result<readonly PersonView[]>> {
  return read(actor, {
    act: "member.read",
    input: z.object({ environment: z.number().int().positive() }),
    load: async (db, { environment }) => ok((await rows(db, person, sql`SELECT p.id, p.name, p.email FROM membership m JOIN person p ON p.id = m.person_id
      WHERE m.environment_id = ${environment} AND m.active AND p.disabled_at IS NULL ORDER BY p.name, p.id LIMIT 500`)).map(personView)),
  }, raw);
}
