import { z } from "zod";
import { DEFAULT_POLICY, type DecisionPolicy } from "@/lib/domain/finding/state";
import { DEFAULT_IMPORT_POLICY, type ImportPolicy } from "@/lib/domain/scan/brake";

/** How imports stop in an environment, in the words of its policy. What is left out stays as it is. */
export const importRules = z.strictObject({
  mode: z.enum(["apply", "preview"]).describe(`What happens to a report whose sender does not say. Default: ${DEFAULT_IMPORT_POLICY.mode}.`),
  brake_percent: z.number().int().min(1).max(100).describe(`A scan is held when more than this share of an asset's detected findings of a detector would vanish. Default: ${DEFAULT_IMPORT_POLICY.brakePercent}.`),
  brake_least: z.number().int().min(1).max(1_000_000).describe(`And at least so many. Default: ${DEFAULT_IMPORT_POLICY.brakeLeast}.`),
});

export type ImportRules = z.output<typeof importRules>;

/** How risks are accepted in an environment. */
export const acceptanceRules = z.strictObject({
  approval_required: z.boolean().describe(`Whether an acceptance waits for somebody else to approve it. Default: ${DEFAULT_POLICY.approvalRequired}.`),
  max_days: z.number().int().min(1).max(3_650).describe(`The longest acceptance. Default: ${DEFAULT_POLICY.maxAcceptanceDays}.`),
  warn_days: z.number().int().min(1).max(3_650).describe(`How long ahead its end is announced. Default: ${DEFAULT_POLICY.warnDays}.`),
});

export type AcceptanceRules = z.output<typeof acceptanceRules>;

/** The policy as far as it can be read and written from outside. */
export const policyRecord = z.object({ version: z.number().int().min(0), import: importRules, acceptance: acceptanceRules }).meta({ id: "Policy" });
export type PolicyRecord = z.output<typeof policyRecord>;

/** A change: the version that was read, where the caller wants to be told of others' changes. */
export const policyChange = z.strictObject({ import: importRules.partial().optional(), acceptance: acceptanceRules.partial().optional(), version: z.number().int().min(0).max(2_147_483_647).optional() });

type InForce = { version: number; imports: ImportPolicy; decisions: Pick<DecisionPolicy, "approvalRequired" | "maxAcceptanceDays" | "warnDays"> };

/** The policy in force in the words of its record. */
export function policyRecordOf({ version, imports, decisions }: InForce): PolicyRecord {
  return {
    version,
    import: { mode: imports.mode, brake_percent: imports.brakePercent, brake_least: imports.brakeLeast },
    acceptance: { approval_required: decisions.approvalRequired, max_days: decisions.maxAcceptanceDays, warn_days: decisions.warnDays },
  };
}
