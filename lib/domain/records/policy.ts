import { z } from "zod";
import { DEFAULT_POLICY, type DecisionPolicy } from "@/lib/domain/finding/state";
import { DEFAULT_TICKET_POLICY, type TicketPolicy } from "@/lib/domain/remediation/policy";
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

/** How fixes are proved in an environment. */
export const ticketRules = z.strictObject({
  max_attempts: z.number().int().min(1).max(100).describe(`Failed verifications of a fix after which the security team is told. Default: ${DEFAULT_TICKET_POLICY.maxAttempts}.`),
  deployment_hours: z.number().min(0).max(8_760).describe(`How long a fix takes to be deployed; it is not looked at before. Default: ${DEFAULT_TICKET_POLICY.deploymentHours}.`),
  auto_retest: z.boolean().describe(`Whether a fix is looked at again by itself after that. Default: ${DEFAULT_TICKET_POLICY.autoRetest}.`),
  record_verified: z.boolean().describe(`Whether a finding whose fix is proved is recorded as patched by Docket instead of being proposed. Default: ${DEFAULT_TICKET_POLICY.recordVerified}.`),
  four_eyes: z.boolean().describe(`Whether a scan proves nothing that its own uploader resolved. Default: ${DEFAULT_TICKET_POLICY.fourEyes}.`),
  security_team: z.string().trim().min(1).max(320).nullable().describe("The team or address that escalations name; null: nobody in particular."),
});

export type TicketRules = z.output<typeof ticketRules>;

/** The policy as far as it can be read and written from outside. */
export const policyRecord = z.object({ version: z.number().int().min(0), import: importRules, acceptance: acceptanceRules, tickets: ticketRules }).meta({ id: "Policy" });
export type PolicyRecord = z.output<typeof policyRecord>;

/** A change: the version that was read, where the caller wants to be told of others' changes. */
export const policyChange = z.strictObject({ import: importRules.partial().optional(), acceptance: acceptanceRules.partial().optional(), tickets: ticketRules.partial().optional(), version: z.number().int().min(0).max(2_147_483_647).optional() });

type InForce = { version: number; imports: ImportPolicy; decisions: Pick<DecisionPolicy, "approvalRequired" | "maxAcceptanceDays" | "warnDays">; tickets: TicketPolicy };

/** The policy in force in the words of its record. */
export function policyRecordOf({ version, imports, decisions, tickets }: InForce): PolicyRecord {
  return {
    version,
    import: { mode: imports.mode, brake_percent: imports.brakePercent, brake_least: imports.brakeLeast },
    acceptance: { approval_required: decisions.approvalRequired, max_days: decisions.maxAcceptanceDays, warn_days: decisions.warnDays },
    tickets: {
      max_attempts: tickets.maxAttempts, deployment_hours: tickets.deploymentHours, auto_retest: tickets.autoRetest, record_verified: tickets.recordVerified,
      four_eyes: tickets.fourEyes, security_team: tickets.securityTeam,
    },
  };
}
