import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { row } from "@/lib/db/rows";
import { number } from "@/lib/domain/finding/input";
import { policyChange, policyRecordOf, type PolicyRecord } from "@/lib/domain/records/policy";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";

const input = policyChange.extend({ environment: number });

/**
 * A new version of the policy with these rules for imports, acceptances and tickets; everything else of it stays: `{environment, import?, acceptance?,
 * tickets?, version?}`. It holds for what is sent and decided from then on. Refuses `stale` where there is a newer version than the caller saw.
 */
export async function changePolicy(actor: Actor, raw: unknown): Promise<Result<PolicyRecord>> {
  return commit(actor, { act: "policy.manage", input, work }, raw);
}

async function work(tx: Tx, { environment, import: imports, acceptance, tickets, version }: z.output<typeof input>): Promise<Result<Change<PolicyRecord>>> {
  await tx.$executeRaw(sql`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('docket policy ' || ${environment}::text, 1))) held`); // two changes at once come one after the other
  const before = policyRecordOf(await policyOf(tx, environment));
  if (version !== undefined && version !== before.version) return refuse("stale", `The policy is at version ${before.version} by now.`, { next: "Read it again." });

  const rules = { import: { ...before.import, ...imports }, acceptance: { ...before.acceptance, ...acceptance }, tickets: { ...before.tickets, ...tickets } };
  const after = { version: before.version + 1, ...rules };
  if (JSON.stringify({ ...before, version: after.version }) === JSON.stringify(after)) return ok({ unchanged: before });

  return ok({
    trail: [{ action: "environment.policy_changed", record: { type: "policy", number: after.version }, before, after }],
    write: async (writing) => {
      const stored = await row(writing, z.object({ settings: z.looseObject({ acceptance: z.record(z.string(), z.unknown()).optional() }) }), sql`
        SELECT settings FROM policy WHERE environment_id = ${environment} ORDER BY version DESC LIMIT 1`);
      const settings = JSON.stringify({ ...stored?.settings, import: rules.import, acceptance: { ...stored?.settings.acceptance, ...rules.acceptance }, tickets: rules.tickets });
      await writing.$executeRaw(sql`INSERT INTO policy (environment_id, version, settings) VALUES (${environment}, ${after.version}, ${settings}::jsonb)`);
      return after;
    },
  });
}
