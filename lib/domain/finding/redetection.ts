import { isContradictedBySighting } from "@/lib/domain/finding/close-reason";
import type { DecisionPolicy, PeopleState } from "@/lib/domain/finding/state";

export type Redetection = "keep" | "reopen" | "flag";

export type Decided = Pick<PeopleState, "governance" | "closeReason" | "decidedAt"> & {
  /** Of the newest covering scan before this one. */
  lastScanned: Date | null;
};

/**
 * What a sighting does to the standing decision. Only a resolution can be contradicted: as patched, decommissioned or
 * without reason, and only by a scan taken after the decision that is not older than the newest covering one.
 */
export function redetection(finding: Decided, takenAt: Date, policy: Pick<DecisionPolicy, "redetection">): Redetection {
  if (finding.governance !== "resolved" || !isContradictedBySighting(finding.closeReason)) return "keep";
  if (finding.decidedAt !== null && takenAt <= finding.decidedAt) return "keep";
  if (finding.lastScanned !== null && takenAt < finding.lastScanned) return "keep";
  return policy.redetection;
}

/** Why a finding that policy only flags should be looked at again. */
export const SEEN_AGAIN = "Seen again after it was resolved.";
export const ORIGINAL_REOPENED = "The finding that it duplicates was reopened.";
export const REVIEW_DATE = "The review date of its mitigation has come.";
