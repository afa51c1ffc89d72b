import { decide, type DecisionContext, type Outcome } from "@/lib/domain/finding/decide";
import type { FindingState } from "@/lib/domain/finding/state";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";

/** An acceptance that has run out: back to open, with both clocks started anew. Refuses while it still stands. */
export function expire(finding: FindingState, context: Omit<DecisionContext, "by">): Result<Outcome> {
  return decide(finding, { to: "open" }, { ...context, by: "clock" });
}

/** Who signs, and the person behind them: the same one by session and by token, null where nobody stands behind a token. */
type Signed = { type: string; id: string; personId: number | null };

/** An approver is a person, whatever they sign with. Null: they may answer requests, those of others. */
export function approverRefusal({ type, personId }: Signed): Refused | null {
  if (personId !== null) return null;
  if (type !== "token") return refuse("forbidden", "A person answers requests for acceptances: nobody else approves or refuses one.");
  return refuse("forbidden", "Nobody stands behind this token, and a person answers requests for acceptances.", { next: "Use a token made for a person: docket token create --person EMAIL." });
}

/** An approver answers what somebody else requested: nobody answers their own request, by token or not. They may take it back instead. */
export function approvalRefusal(requester: Signed, approver: Signed): Result<null> {
  const isOneActor = requester.type === approver.type && requester.id === approver.id;
  const isOnePerson = requester.personId !== null && requester.personId === approver.personId;
  if (isOneActor || isOnePerson) return refuse("forbidden", "You asked for it: somebody else approves or refuses it.", { next: "Take the request back to end it." });
  return ok(null);
}
