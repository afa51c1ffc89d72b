import { isContradictedBySighting, reasonRule } from "@/lib/domain/finding/close-reason";
import type { Decision, DecisionContext } from "@/lib/domain/finding/decide";
import type { Guard } from "@/lib/domain/finding/governance";
import { calibratedSeverity } from "@/lib/domain/finding/severity";
import type { FindingState } from "@/lib/domain/finding/state";
import type { EvidenceKind } from "@/lib/domain/finding/words";
import type { Fault } from "@/lib/domain/refusal";

const DAY = 86_400_000;

type Ask = (finding: FindingState, decision: Decision, context: DecisionContext) => Fault | null;

const ASKS: Record<Guard, Ask> = {
  note: (_finding, decision) => (saysWhy(decision) ? null : { path: "note", message: "A note must say why." }),
  expiry: (_finding, decision, context) => expiryFault(decision.expiresAt, context),
  renewal: renewalFault,
  mandate: (_finding, _decision, context) =>
    context.automation ? null : { path: "automation", message: "An automation accepts risk only with an owner and an approver." },
  evidence: evidenceFault,
  expired: (finding, _decision, context) =>
    finding.acceptedUntil !== null && finding.acceptedUntil <= context.now
      ? null
      : { path: "expiresAt", message: "The acceptance has not expired." },
  proved: (_finding, decision) => (decision.proved === true ? null : { path: "evidence", message: "Docket resolves only what a scan or a retest proved." }),
  contradicted: (finding, decision) =>
    decision.retestFailed === true || isContradictedBySighting(finding.closeReason)
      ? null
      : { path: "reason", message: `A resolution as ${finding.closeReason ?? "resolved"} is kept when it is seen again.` },
};

/** What is missing before an edge with this guard may be walked; null: nothing. */
export function guardFault(guard: Guard, finding: FindingState, decision: Decision, context: DecisionContext): Fault | null {
  return ASKS[guard](finding, decision, context);
}

/** A note that holds more than spaces. */
export function saysWhy(decision: { note?: string | undefined }): boolean {
  return (decision.note ?? "").trim() !== "";
}

/** The kinds of evidence that count here: attached or coming with the decision, and accepted by the policy. */
export function standingEvidence(finding: FindingState, decision: Decision, context: DecisionContext): EvidenceKind[] {
  const attached = [...finding.evidence, ...(decision.addsEvidence ?? [])];
  return context.policy.acceptedEvidence.filter((kind) => attached.includes(kind));
}

/** Is this a legal expiry now? Required, in the future, and no further than the policy's longest acceptance. */
export function expiryFault(expiresAt: Date | undefined, { now, policy }: Pick<DecisionContext, "now" | "policy">): Fault | null {
  const path = "expiresAt";
  if (expiresAt === undefined || Number.isNaN(expiresAt.getTime())) return { path, message: "Accepting risk needs an expiry date." };
  if (expiresAt <= now) return { path, message: "The expiry date must be in the future." };
  if (expiresAt.getTime() - now.getTime() > policy.maxAcceptanceDays * DAY)
    return { path, message: `The longest acceptance here is ${policy.maxAcceptanceDays} days.` };
  return null;
}

function renewalFault(finding: FindingState, decision: Decision): Fault | null {
  if (decision.expiresAt?.getTime() === finding.acceptedUntil?.getTime())
    return { path: "expiresAt", message: "A renewal needs another expiry date than the standing one." };
  if (!saysWhy(decision) && decision.reason === undefined) return { path: "note", message: "A renewal needs its reason." };
  return null;
}

function evidenceFault(finding: FindingState, decision: Decision, context: DecisionContext): Fault | null {
  const band = calibratedSeverity(finding.teamSeverity, finding.technical);
  const governed = decision.reason === undefined || reasonRule(decision.reason).evidence;
  if (!governed || !context.policy.evidenceRequired.includes(band)) return null;
  if (standingEvidence(finding, decision, context).length > 0) return null;
  return { path: "evidence", message: `Policy asks for evidence here: ${context.policy.acceptedEvidence.join(", ")}.` };
}
