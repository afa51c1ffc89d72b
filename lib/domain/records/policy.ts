import { z } from "zod";
import { DEFAULT_IMPORT_POLICY } from "@/lib/domain/scan/brake";

/** How imports stop in an environment, in the words of its policy. What is left out stays as it is. */
export const importRules = z.strictObject({
  mode: z.enum(["apply", "preview"]).describe(`What happens to a report whose sender does not say. Default: ${DEFAULT_IMPORT_POLICY.mode}.`),
  brake_percent: z.number().int().min(1).max(100).describe(`A scan is held when more than this share of an asset's detected findings of a detector would vanish. Default: ${DEFAULT_IMPORT_POLICY.brakePercent}.`),
  brake_least: z.number().int().min(1).max(1_000_000).describe(`And at least so many. Default: ${DEFAULT_IMPORT_POLICY.brakeLeast}.`),
});

export type ImportRules = z.output<typeof importRules>;

/** The policy as far as it can be read and written from outside. */
export const policyRecord = z.object({ version: z.number().int().min(0), import: importRules }).meta({ id: "Policy" });
export type PolicyRecord = z.output<typeof policyRecord>;

/** A change: the version that was read, where the caller wants to be told of others' changes. */
export const policyChange = z.strictObject({ import: importRules.partial(), version: z.number().int().min(0).max(2_147_483_647).optional() });
