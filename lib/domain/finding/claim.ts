import { reasonRule } from "@/lib/domain/finding/close-reason";
import type { Decision, DecisionContext, Outcome } from "@/lib/domain/finding/decide";
import { dispositionFaults } from "@/lib/domain/finding/disposition";
import { edge } from "@/lib/domain/finding/governance";
import { guardFault } from "@/lib/domain/finding/guards";
import { isClaimed } from "@/lib/domain/finding/is-claimed";
import { outcomeOf } from "@/lib/domain/finding/outcome";
import { shortestPath } from "@/lib/domain/finding/path";
import type { FindingState } from "@/lib/domain/finding/state";
import { GOVERNANCE_LABELS, type Governance } from "@/lib/domain/finding/words";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";

/** Is this a resolution that evidence governs, of a finding that no proof stands on yet? Then a scan that no longer sees it is one. */
export function isProvedByAbsence(finding: FindingState, decision: Decision): boolean {
  return isGovernedResolution(decision) && !finding.evidence.includes("scan");
}

/** Is this a resolution that evidence governs, and that is to stand at once? */
export function isGovernedResolution(decision: Decision): boolean {
  const resolves = decision.to === "resolved" || (decision.response === "closed" && decision.reason !== undefined && reasonRule(decision.reason).governance === "resolved");
  const governed = decision.reason === undefined || reasonRule(decision.reason).evidence;
  return resolves && governed && decision.claim !== true;
}

/**
 * Names the next covering scan as the proof of a resolution that is legal from here: the finding goes to in progress, keeps the reason that was
 * claimed, and its verification is pending. Refuses what evidence does not govern, and what is claimed already.
 */
export function claimed(finding: FindingState, aim: Governance, decision: Decision, context: DecisionContext): Result<Outcome> {
  const { reason } = decision;
  const governed = aim === "resolved" && (reason === undefined || reasonRule(reason).evidence);
  if (!governed) return refuseInput([{ path: "claim", message: "A scan proves only what is closed as patched or mitigated." }]);
  if (isClaimed(finding)) return refuse("conflict", "The next covering scan is named as the proof already.", { next: "Wait for it, or attach other evidence." });

  const hops = finding.governance === "in_progress" ? [] : shortestPath(finding.governance, "in_progress", context.by);
  if (hops === null) return refuse("illegal", `${GOVERNANCE_LABELS[finding.governance]} cannot wait for a scan.`);
  const guards = new Set(hops.flatMap((hop) => edge(hop.from, hop.to, context.by)?.guards ?? []));
  const errors = [...dispositionFaults(finding, aim, decision, context), ...[...guards].flatMap((guard) => guardFault(guard, finding, decision, context) ?? [])];
  if (errors.length > 0) return refuseInput(errors);

  const outcome = outcomeOf(finding, "in_progress", hops, { ...decision, reason: undefined }, context);
  return ok({ ...outcome, after: { ...outcome.after, closeReason: reason ?? null, verification: "pending" }, claims: true });
}
