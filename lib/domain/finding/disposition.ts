import { reasonRule } from "@/lib/domain/finding/close-reason";
import type { Decision, DecisionContext } from "@/lib/domain/finding/decide";
import { responseOf } from "@/lib/domain/finding/governance";
import type { FindingState } from "@/lib/domain/finding/state";
import { RESPONSE_LABELS, type Governance, type Response } from "@/lib/domain/finding/words";
import { ok, refuse, refuseInput, type Fault, type Result } from "@/lib/domain/refusal";

const AIM = { needs_review: "open", investigating: "in_progress", accepted_risk: "accepted_risk" } as const satisfies Record<
  Exclude<Response, "closed">,
  Governance
>;

/** The status that a decision aims at. Closed needs a reason that closes; any other is refused and names the right call. */
export function aimOf(finding: FindingState, decision: Decision): Result<Governance> {
  if (decision.to !== undefined) return ok(decision.to);
  const { response } = decision;
  if (response === "needs_review" && responseOf(finding.governance) === response)
    return refuse("conflict", `Already there: ${RESPONSE_LABELS[response]}.`);
  return response === "closed" ? aimOfClosed(decision) : ok(AIM[response]);
}

function aimOfClosed({ reason }: Decision): Result<Governance> {
  if (reason === undefined) {
    const message = "Closed needs a reason: patched, mitigated, duplicate, decommissioned or false_positive.";
    return refuseInput([{ path: "reason", message }]);
  }
  const rule = reasonRule(reason);
  if (rule.closes) return ok(rule.governance);
  const message = `${reason} does not close a finding. ${rule.call}`;
  return refuse("invalid", message, { next: rule.call, errors: [{ path: "reason", message }] });
}

/** What does not belong together in a decision, and the facts that its reason needs. Empty: nothing. */
export function dispositionFaults(finding: FindingState, aim: Governance, decision: Decision, context: DecisionContext): Fault[] {
  const faults = [reasonFault(aim, decision), strayFault(aim, decision), factFault(finding, decision, context.now), followUpFault(decision, context)];
  return faults.filter((fault) => fault !== null);
}

function reasonFault(aim: Governance, { reason }: Decision): Fault | null {
  if (reason === undefined || reasonRule(reason).governance === aim) return null;
  return { path: "reason", message: `${reason} does not lead to ${aim}. ${reasonRule(reason).call}` };
}

function strayFault(aim: Governance, decision: Decision): Fault | null {
  if (decision.expiresAt !== undefined && aim !== "accepted_risk")
    return { path: "expiresAt", message: "Only an accepted risk has an expiry date." };
  if (decision.duplicateOf !== undefined && decision.reason !== "duplicate")
    return { path: "duplicateOf", message: "Another finding is named only with the reason duplicate." };
  if (decision.followUpOn !== undefined && (decision.reason === undefined || !reasonRule(decision.reason).followUp))
    return { path: "followUpOn", message: "A follow-up date goes with vendor_notified or mitigated." };
  return null;
}

function factFault(finding: FindingState, { reason, duplicateOf, followUpOn }: Decision, now: Date): Fault | null {
  const needs = reason === undefined ? null : reasonRule(reason).needs;
  if (needs === "duplicateOf" && duplicateOf === undefined) return { path: "duplicateOf", message: "Name the finding that this one duplicates." };
  if (needs === "duplicateOf" && duplicateOf === finding.number)
    return { path: "duplicateOf", message: "A finding is not a duplicate of itself." };
  if (needs === "followUpOn" && followUpOn === undefined) return { path: "followUpOn", message: "Waiting on a vendor needs a follow-up date." };
  return needs === "assetDecommissioned" ? retiredFault(finding.assetDecommissionedOn, now) : null;
}

/** The date proves that the asset is gone: it must be there, and its day (in UTC) must have come. */
function retiredFault(retires: Date | null, now: Date): Fault | null {
  if (retires === null) return { path: "reason", message: "Its asset has no decommission date: give it one first, of the day on which it went." };
  if (retires <= now) return null;
  const day = retires.toISOString().slice(0, 10);
  return { path: "reason", message: `Its asset goes on ${day}, and that day has not come: close it from then on, or correct the asset's date if it went earlier.` };
}

function followUpFault({ followUpOn }: Decision, { now }: DecisionContext): Fault | null {
  if (followUpOn === undefined || followUpOn > now) return null;
  return { path: "followUpOn", message: "The follow-up date must be in the future." };
}
