import { reasonRule } from "@/lib/domain/finding/close-reason";
import type { By, Decision, DecisionContext } from "@/lib/domain/finding/decide";
import { aimOf, dispositionFaults } from "@/lib/domain/finding/disposition";
import { liftedVerification } from "@/lib/domain/finding/evidence";
import { responseOf } from "@/lib/domain/finding/governance";
import { guardFault, saysWhy } from "@/lib/domain/finding/guards";
import { peopleState, verificationOf } from "@/lib/domain/finding/outcome";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";

/** What is put right about a standing decision: its reason, what belongs to the reason, its proof; the note says why. */
export type Amendment = Pick<Decision, "reason" | "note" | "expiresAt" | "duplicateOf" | "followUpOn" | "addsEvidence">;

/**
 * Does this decision keep the status and say something else about it, so that it amends what stands? A person's alone. Accepting anew is a
 * renewal, and a claim waits for its scan: neither is an amendment. The same reason, date and original without a note or a proof say nothing new.
 */
export function amendsStanding(finding: FindingState, decision: Decision, by: By): boolean {
  if (by !== "person" || decision.response === undefined || decision.response === "accepted_risk" || decision.claim === true) return false;
  const aim = aimOf(finding, decision);
  return aim.ok && aim.value === finding.governance && (saysWhy(decision) || isOther(finding, decision));
}

function isOther(finding: FindingState, { reason, duplicateOf, followUpOn, addsEvidence }: Amendment): boolean {
  const isOtherReason = reason !== undefined && reason !== finding.closeReason;
  const isOtherOriginal = duplicateOf !== undefined && duplicateOf !== finding.duplicateOf;
  const isOtherDay = followUpOn !== undefined && followUpOn.getTime() !== finding.followUpOn?.getTime();
  return isOtherReason || isOtherOriginal || isOtherDay || (addsEvidence ?? []).length > 0;
}

/**
 * Puts the standing decision right without a change of status, always with a note, which also answers a flag for re-review. A new reason must
 * lead to the same status and is asked for the same proof; an investigation becomes one that waits on a vendor this way. What is not said stays.
 */
export function amend(finding: FindingState, asked: Amendment, context: DecisionContext): Result<PeopleState> {
  if (responseOf(finding.governance) === "needs_review") return refuse("illegal", "No decision stands that could be amended.", { next: "Record a disposition instead.", allowed: [] });
  const reason = asked.reason ?? finding.closeReason ?? undefined;
  const isNewReason = reason !== (finding.closeReason ?? undefined);
  const dates = { duplicateOf: asked.duplicateOf ?? (isNewReason ? null : finding.duplicateOf), followUpOn: asked.followUpOn ?? (isNewReason ? null : finding.followUpOn) };
  const decision: Decision = { ...asked, to: finding.governance, reason, duplicateOf: dates.duplicateOf ?? undefined };

  const says = isNewReason || [asked.followUpOn, asked.duplicateOf, asked.expiresAt].some((each) => each !== undefined);
  const proof = isNewReason && reason && reasonRule(reason).governance === "resolved" ? guardFault("evidence", finding, decision, context) : null;
  const unsaid = saysWhy(asked) ? [] : [{ path: "note", message: "An amendment needs a note: say why the decision is put right." }];
  const errors = [...(says ? dispositionFaults(finding, finding.governance, decision, context) : []), ...(proof ? [proof] : []), ...unsaid];
  if (errors.length > 0) return refuseInput(errors);

  const isResolved = finding.governance === "resolved";
  const proved = isResolved && isNewReason ? verificationOf(finding, decision, context) : liftedVerification(finding, asked.addsEvidence ?? [], context);
  return ok({
    ...peopleState(finding), ...dates,
    closeReason: reason ?? null,
    reReview: null,
    verification: isResolved || !isNewReason ? proved : "none",
    acknowledgedAt: isNewReason ? context.now : finding.acknowledgedAt,
    firstResponseAt: finding.firstResponseAt ?? (context.by === "person" ? context.now : null),
  });
}

/** Flags a decided finding to be looked at again, and says why. */
export function flagForReview(finding: FindingState, why: string): Result<PeopleState> {
  if (finding.reReview === why) return refuse("conflict", "Already flagged for this.");
  return ok({ ...peopleState(finding), reReview: why });
}

/** Clears the flag by keeping the decision, with a note. */
export function keepDecision(finding: FindingState, note: string): Result<PeopleState> {
  if (finding.reReview === null) return refuse("conflict", "Not flagged for re-review.");
  if (!saysWhy({ note })) return refuseInput([{ path: "note", message: "Keeping the decision needs a note." }]);
  return ok({ ...peopleState(finding), reReview: null });
}
