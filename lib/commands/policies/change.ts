import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { row } from "@/lib/db/rows";
import { number } from "@/lib/domain/finding/input";
import { policyChange, type PolicyRecord } from "@/lib/domain/records/policy";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change } from "@/lib/gate/commit";

const input = policyChange.extend({ environment: number });

/**
 * A new version of the policy with these import rules; everything else of it stays: `{environment, import, version?}`. It holds for reports
 * that are read from then on. Refuses `stale` where there is a newer version than the caller saw.
 */
export async function changePolicy(actor: Actor, raw: unknown): Promise<Result<PolicyRecord>> {
  return commit(actor, { act: "policy.manage", input, work }, raw);
}

async function work(tx: Tx, { environment, import: asked, version }: z.output<typeof input>): Promise<Result<Change<PolicyRecord>>> {
  await tx.$executeRaw(sql`SELECT FROM environment WHERE id = ${environment} FOR UPDATE`); // two changes at once come one after the other
  const { version: now, imports } = await policyOf(tx, environment);
  if (version !== undefined && version !== now) return refuse("stale", `The policy is at version ${now} by now.`, { next: "Read it again." });

  const before = { mode: imports.mode, brake_percent: imports.brakePercent, brake_least: imports.brakeLeast };
  const after = { ...before, ...asked };
  if (JSON.stringify(before) === JSON.stringify(after)) return ok({ unchanged: { version: now, import: before } });

  const next = now + 1;
  return ok({
    trail: [{ action: "environment.policy_changed", record: { type: "policy", number: next }, before: { version: now, import: before }, after: { version: next, import: after } }],
    write: async (writing) => {
      const stored = await row(writing, z.object({ settings: z.record(z.string(), z.unknown()) }), sql`
        SELECT settings FROM policy WHERE environment_id = ${environment} ORDER BY version DESC LIMIT 1`);
      const settings = JSON.stringify({ ...stored?.settings, import: after });
      await writing.$executeRaw(sql`INSERT INTO policy (environment_id, version, settings) VALUES (${environment}, ${next}, ${settings}::jsonb)`);
      return { version: next, import: after };
    },
  });
}
