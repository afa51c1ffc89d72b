import { reasonRule } from "@/lib/domain/finding/close-reason";
import type { Decision, DecisionContext } from "@/lib/domain/finding/decide";
import { dispositionFaults } from "@/lib/domain/finding/disposition";
import { guardFault, saysWhy } from "@/lib/domain/finding/guards";
import { peopleState, verificationOf } from "@/lib/domain/finding/outcome";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import type { CloseReason } from "@/lib/domain/finding/words";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";

export type Amendment = Pick<Decision, "duplicateOf" | "followUpOn" | "addsEvidence"> & { note: string; reason?: CloseReason | undefined };

/**
 * Changes the reason of the standing decision without a change of status, always with a note. The new reason must lead
 * to the same status and is asked for the same proof; an investigation becomes one that waits on a vendor this way.
 */
export function amend(finding: FindingState, asked: Amendment, context: DecisionContext): Result<PeopleState> {
  if (!saysWhy(asked)) return refuseInput([{ path: "note", message: "An amendment needs a note." }]);
  if (asked.reason === undefined) return ok(peopleState(finding));
  if (finding.decidedAt === null) return refuse("illegal", "No decision stands that could be amended.", { allowed: [] });

  const decision: Decision = { ...asked, to: finding.governance };
  const proof = reasonRule(asked.reason).governance === "resolved" ? guardFault("evidence", finding, decision, context) : null;
  const errors = [...dispositionFaults(finding, finding.governance, decision, context), ...(proof ? [proof] : [])];
  if (errors.length > 0) return refuseInput(errors);
  return ok({
    ...peopleState(finding),
    closeReason: asked.reason,
    duplicateOf: asked.duplicateOf ?? null,
    followUpOn: asked.followUpOn ?? null,
    verification: finding.governance === "resolved" ? verificationOf(finding, decision, context) : "none",
    acknowledgedAt: context.now,
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
