import { z } from "zod";
import { policyOf } from "@/lib/db/policy";
import { policyRecordOf, type PolicyRecord } from "@/lib/domain/records/policy";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

/** The policy in force: `{environment}`. */
export function policy(actor: Actor, raw: unknown): Promise<Result<PolicyRecord>> {
  return read(actor, {
    act: "policy.read",
    input: z.object({ environment: z.number().int().positive() }),
    load: async (db, { environment }) => {
      return ok(policyRecordOf(await policyOf(db, environment)));
    },
  }, raw);
}
