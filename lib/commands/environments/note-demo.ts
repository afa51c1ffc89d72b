import { z } from "zod";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const input = z.object({ environment: z.number().int().positive() });

/** Notes that the demo is there whole: until then its database does not call itself healthy. Takes {environment}. */
export async function noteDemo(actor: Actor, raw: z.input<typeof input>): Promise<Result<null>> {
  return commit(actor, {
    act: "environment.manage",
    input,
    work: async (_tx, { environment }) => ok({
      trail: [{ action: "demo.loaded", record: { type: "environment", number: environment } }],
      write: async () => null,
    }),
  }, raw);
}
