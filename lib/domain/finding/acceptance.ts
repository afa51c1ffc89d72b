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

type Signed = { type: string; id: string };

/** An approver answers what somebody else requested: nobody answers their own request. They may take it back instead. */
export function approvalRefusal(requester: Signed, approver: Signed): Result<null> {
  if (requester.type === approver.type && requester.id === approver.id)
    return refuse("forbidden", "You asked for it: somebody else approves or refuses it.", { next: "Take the request back to end it." });
  return { ok: true, value: null };
}
