import { reasonRule } from "@/lib/domain/finding/close-reason";
import type { Decision, DecisionContext, Hop, Outcome } from "@/lib/domain/finding/decide";
import { standingEvidence } from "@/lib/domain/finding/guards";
import { calibratedSeverity } from "@/lib/domain/finding/severity";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import type { CloseReason, Governance, Verification } from "@/lib/domain/finding/words";
import { clockFor, clockOf, startClock, type Clock } from "@/lib/domain/sla/clock";

type Disposition = Pick<
  PeopleState,
  "closeReason" | "acceptedUntil" | "acceptanceId" | "duplicateOf" | "followUpOn" | "reReview" | "verification" | "acknowledgedAt" | "decidedAt"
>;

/** The absence of a decision: what Needs Review leaves behind, and what every decision starts from. */
const NO_DISPOSITION: Disposition = {
  closeReason: null,
  acceptedUntil: null,
  acceptanceId: null,
  duplicateOf: null,
  followUpOn: null,
  reReview: null,
  verification: "none",
  acknowledgedAt: null,
  decidedAt: null,
};

/** What a legal decision leaves behind: the columns that only its end state drives. */
export function outcomeOf(finding: FindingState, aim: Governance, hops: readonly Hop[], decision: Decision, context: DecisionContext): Outcome {
  const accepts = aim === "accepted_risk" ? (decision.expiresAt ?? null) : null;
  const requested = accepts !== null && context.by === "person" && context.policy.approvalRequired && context.approved !== true;
  if (requested) return { hops: [], after: peopleState(finding), acknowledged: null, accepts, requested, claims: false };

  const acknowledged = reasonOn(aim, decision);
  const restarts = aim !== "resolved" && (context.by === "clock" || context.by === "system");
  const after: PeopleState = {
    ...peopleState(finding),
    ...dispositionOn(finding, aim, acknowledged, decision, context),
    ...clockOn(finding, aim, restarts, context),
    governance: aim,
    firstResponseAt: restarts ? null : firstResponse(finding, context),
  };
  return { hops, after, acknowledged, accepts, requested, claims: false };
}

/** The reason that is recorded as the disposition: two statuses say it themselves, the others take the one given. */
function reasonOn(aim: Governance, decision: Decision): CloseReason | null {
  if (aim === "false_positive") return "false_positive";
  if (aim === "accepted_risk") return "risk_accepted";
  return decision.reason ?? null;
}

function dispositionOn(
  finding: FindingState,
  aim: Governance,
  acknowledged: CloseReason | null,
  decision: Decision,
  context: DecisionContext,
): Disposition {
  if (aim === "open" || aim === "reopened") return NO_DISPOSITION;
  return {
    ...NO_DISPOSITION,
    closeReason: acknowledged,
    acceptedUntil: aim === "accepted_risk" ? (decision.expiresAt ?? null) : null,
    duplicateOf: decision.duplicateOf ?? null,
    followUpOn: decision.followUpOn ?? null,
    verification: aim === "resolved" ? verificationOf(finding, decision, context) : "none",
    acknowledgedAt: acknowledged === null ? null : context.now,
    decidedAt: context.now,
  };
}

/** A scan or retest verifies a fix, an attestation attests it; anything else is an administrative closure. */
export function verificationOf(finding: FindingState, decision: Decision, context: DecisionContext): Verification {
  const governed = decision.reason === undefined || reasonRule(decision.reason).evidence;
  const kinds = governed ? standingEvidence(finding, decision, context) : [];
  if (kinds.includes("scan") || kinds.includes("retest")) return "verified";
  return kinds.includes("attestation") ? "attested" : "none";
}

function clockOn(finding: FindingState, aim: Governance, restarts: boolean, context: DecisionContext): Clock {
  const pace = { severity: calibratedSeverity(finding.teamSeverity, finding.technical), kev: finding.kev, table: context.sla };
  const clock = restarts ? startClock(context.now, pace) : clockOf(finding);
  return clockFor(aim, finding.scanner, clock, context.now, pace);
}

function firstResponse(finding: FindingState, { by, now }: DecisionContext): Date | null {
  return by === "person" ? (finding.firstResponseAt ?? now) : finding.firstResponseAt;
}

/** The people-owned columns of a finding and nothing else. One literal: put together from parts it took as long as the decision around it. */
export function peopleState(finding: PeopleState): PeopleState {
  const { governance, closeReason, acceptedUntil, acceptanceId, duplicateOf, followUpOn, reReview, verification, teamSeverity, calibratedAt } = finding;
  const { assigneeId, tags, moduleState, route, firstResponseAt, acknowledgedAt, decidedAt, slaStartedAt, slaPausedAt, acknowledgeBy, resolveBy } = finding;
  return {
    governance, closeReason, acceptedUntil, acceptanceId, duplicateOf, followUpOn, reReview, verification, teamSeverity, calibratedAt,
    assigneeId, tags, moduleState, route, firstResponseAt, acknowledgedAt, decidedAt, slaStartedAt, slaPausedAt, acknowledgeBy, resolveBy,
  };
}
