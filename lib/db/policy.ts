import { z } from "zod";
import { sql, type Db } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import { DEFAULT_POLICY, type DecisionPolicy } from "@/lib/domain/finding/state";
import { EVIDENCE_KINDS, SEVERITIES, type Severity } from "@/lib/domain/finding/words";
import { DEFAULT_IMPORT_POLICY, type ImportPolicy } from "@/lib/domain/scan/brake";
import { DEFAULT_TICKET_POLICY, type TicketPolicy } from "@/lib/domain/remediation/policy";
import { DEFAULT_SLA, type SlaTable } from "@/lib/domain/sla/table";

const HOUR = 3_600_000;
const days = z.number().int().min(1).max(3_650);
const hours = z.number().positive().max(87_600).nullable();
const sla = z.object({ acknowledge_hours: hours, resolve_hours: hours });

/** The settings of a policy version; what is not set is the default. Windows are in hours, null: no clock. */
export const policySettings = z.object({
  acceptance: z
    .object({ max_days: days, approval_required: z.boolean(), warn_days: days, accepted_bands: z.number().int().min(0).max(4) })
    .partial()
    .default({}),
  closure_verification: z
    .object({ required: z.array(z.enum(SEVERITIES)).max(SEVERITIES.length), accepted: z.array(z.enum(EVIDENCE_KINDS)).max(EVIDENCE_KINDS.length) })
    .partial()
    .default({}),
  redetection: z.enum(["reopen", "flag"]).default(DEFAULT_POLICY.redetection),
  undo_hours: z.number().int().min(0).max(8_760).default(DEFAULT_POLICY.undoHours),
  sla: z.partialRecord(z.enum(SEVERITIES), sla).default({}),
  import: z
    .object({ mode: z.enum(["apply", "preview"]), brake_percent: z.number().int().min(1).max(100), brake_least: z.number().int().min(1).max(1_000_000) })
    .partial()
    .default({}),
  kev_resolve_hours: z.number().positive().max(87_600).optional(),
  tickets: z
    .object({
      max_attempts: z.number().int().min(1).max(100), deployment_hours: z.number().min(0).max(8_760), auto_retest: z.boolean(), record_verified: z.boolean(),
      four_eyes: z.boolean(), security_team: z.string().max(320).nullable(),
    })
    .partial()
    .default({}),
});

export type PolicyInForce = { version: number; decisions: DecisionPolicy; sla: SlaTable; imports: ImportPolicy; tickets: TicketPolicy };

/** The policy in force in an environment: its newest version, or the defaults (version 0) where none was written. */
export async function policyOf(db: Db, environment: number): Promise<PolicyInForce> {
  const stored = await row(db, z.object({ version: z.number(), settings: policySettings }), sql`
    SELECT version, settings FROM policy WHERE environment_id = ${environment} ORDER BY version DESC LIMIT 1`);
  const settings = stored?.settings ?? policySettings.parse({});
  return { version: stored?.version ?? 0, decisions: decisionsOf(settings), sla: slaOf(settings), imports: importsOf(settings), tickets: ticketsOf(settings) };
}

function decisionsOf({ acceptance, closure_verification, redetection, undo_hours }: z.output<typeof policySettings>): DecisionPolicy {
  return {
    maxAcceptanceDays: acceptance.max_days ?? DEFAULT_POLICY.maxAcceptanceDays,
    acceptedBands: acceptance.accepted_bands ?? DEFAULT_POLICY.acceptedBands,
    approvalRequired: acceptance.approval_required ?? DEFAULT_POLICY.approvalRequired,
    warnDays: acceptance.warn_days ?? DEFAULT_POLICY.warnDays,
    evidenceRequired: closure_verification.required ?? DEFAULT_POLICY.evidenceRequired,
    acceptedEvidence: closure_verification.accepted ?? DEFAULT_POLICY.acceptedEvidence,
    redetection,
    undoHours: undo_hours,
  };
}

function importsOf({ import: given }: z.output<typeof policySettings>): ImportPolicy {
  return {
    mode: given.mode ?? DEFAULT_IMPORT_POLICY.mode,
    brakePercent: given.brake_percent ?? DEFAULT_IMPORT_POLICY.brakePercent,
    brakeLeast: given.brake_least ?? DEFAULT_IMPORT_POLICY.brakeLeast,
  };
}

function ticketsOf({ tickets: given }: z.output<typeof policySettings>): TicketPolicy {
  return {
    maxAttempts: given.max_attempts ?? DEFAULT_TICKET_POLICY.maxAttempts,
    deploymentHours: given.deployment_hours ?? DEFAULT_TICKET_POLICY.deploymentHours,
    autoRetest: given.auto_retest ?? DEFAULT_TICKET_POLICY.autoRetest,
    recordVerified: given.record_verified ?? DEFAULT_TICKET_POLICY.recordVerified,
    fourEyes: given.four_eyes ?? DEFAULT_TICKET_POLICY.fourEyes,
    securityTeam: given.security_team ?? DEFAULT_TICKET_POLICY.securityTeam,
  };
}

function slaOf({ sla: given, kev_resolve_hours }: z.output<typeof policySettings>): SlaTable {
  const window = (band: Severity) => {
    const set = given[band];
    if (!set) return DEFAULT_SLA.windows[band];
    return { acknowledge: inMilliseconds(set.acknowledge_hours), resolve: inMilliseconds(set.resolve_hours) };
  };
  return {
    windows: { critical: window("critical"), high: window("high"), medium: window("medium"), low: window("low"), info: window("info") },
    kevResolve: inMilliseconds(kev_resolve_hours ?? null) ?? DEFAULT_SLA.kevResolve,
  };
}

function inMilliseconds(hours: number | null): number | null {
  return hours === null ? null : hours * HOUR;
}
