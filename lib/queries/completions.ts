import { z } from "zod";
import { completionsOf } from "@/lib/db/sql/completions";
import { LIVE_SOURCES } from "@/lib/domain/filter/fields";
import { ok, type Result } from "@/lib/domain/refusal";
import type { CompletionValues } from "@/lib/domain/views/actions";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const input = z.object({ environment: z.number().int().positive(), source: z.enum(LIVE_SOURCES), prefix: z.string().max(100) });

/** What of this environment can stand after a field's name: `{environment, source, prefix}`. At most twelve values, those that begin with the prefix first. */
export function completions(actor: Actor, raw: unknown): Promise<Result<CompletionValues>> {
  return read(actor, {
    act: "finding.read",
    input,
    load: async (db, { environment, source, prefix }) => ok({ values: await completionsOf(db, environment, source, prefix) }),
  }, raw);
}
