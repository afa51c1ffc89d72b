import { z } from "zod";
import { environmentsWithAcceptances as standing } from "@/lib/db/sql/finding-due";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

/** Environments in which an acceptance stands: where the clock's job has to look. For the system alone. */
export function environmentsWithAcceptances(actor: Actor): Promise<Result<number[]>> {
  return read(actor, { act: "environment.read", input: z.object({ environment: z.null() }), load: async (db) => ok(await standing(db)) }, { environment: null });
}
