import { decide, type DecisionContext, type Outcome } from "@/lib/domain/finding/decide";
import type { FindingState } from "@/lib/domain/finding/state";
import { refuse, type Result } from "@/lib/domain/refusal";

const DAY = 86_400_000;

/** An acceptance that has run out: back to open, with both clocks started anew. Refuses while it still stands. */
export function expire(finding: FindingState, context: Omit<DecisionContext, "by">): Result<Outcome> {
  return decide(finding, { to: "open" }, { ...context, by: "clock" });
}

/** Accepted, and inside the policy's warning time before the expiry. */
export function isExpiring(acceptedUntil: Date | null, now: Date, warnDays: number): boolean {
  return acceptedUntil !== null && acceptedUntil > now && acceptedUntil.getTime() - now.getTime() <= warnDays * DAY;
}

/** An approver applies what somebody else requested: nobody approves their own request. */
export function approvalRefusal(requesterId: number, approverId: number): Result<null> {
  if (requesterId === approverId) return refuse("forbidden", "An acceptance is approved by somebody other than its requester.");
  return { ok: true, value: null };
}
