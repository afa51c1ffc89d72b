import { z } from "zod";
import { instant, note, number } from "@/lib/domain/finding/input";
import { MAX_SELECTION } from "@/lib/domain/finding/limits";

const environment = z.number().int().positive();
const reference = z.string().trim().min(1).max(500);

export const requestRetestsInput = z.object({ environment, items: z.array(number).min(1).max(MAX_SELECTION), dueAt: instant.nullish(), note: note.nullish() });
export const settleRetestInput = z.object({ environment, finding: number, retest: number.nullish(), passed: z.boolean(), note: note.min(1, "Say what was tried and what came of it."), reference: reference.nullish(), file: number.nullish() });
export const cancelRetestInput = z.object({ environment, finding: number, retest: number.nullish(), note: note.min(1, "Say why it is called off.") });

/** Where people and trackers take a fix; nobody says that it is verified. */
export const REMEDIATION_AIMS = ["open", "in_progress", "resolved"] as const;
export const moveRemediationInput = z.object({
  environment, ticket: number, findings: z.array(number).min(1).max(MAX_SELECTION).nullish(), to: z.enum(REMEDIATION_AIMS), note: note.nullish(), autoRetest: z.boolean().optional(),
});

/** The bodies of the REST calls, in their words. */
export const retestBody = z.strictObject({ finding: number, due_at: instant.nullish(), note: note.nullish() });
export const retestResultBody = z.strictObject({ passed: z.boolean(), note: settleRetestInput.shape.note, reference: reference.nullish(), file: number.nullish() });
export const retestCancelBody = z.strictObject({ note: cancelRetestInput.shape.note });
export const remediationBody = z.strictObject({ to: z.enum(REMEDIATION_AIMS), findings: moveRemediationInput.shape.findings, note: note.nullish(), auto_retest: z.boolean().optional() });
