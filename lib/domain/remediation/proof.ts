import { isClaimed } from "@/lib/domain/finding/is-claimed";
import { reasonRule } from "@/lib/domain/finding/close-reason";
import { decide, type DecisionContext } from "@/lib/domain/finding/decide";
import { isActive } from "@/lib/domain/finding/governance";
import { evidenceSteps, hopSteps, type Known, type Move, type Proof, type Step } from "@/lib/domain/finding/move";
import { peopleState } from "@/lib/domain/finding/outcome";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import type { EvidenceKind, Verification } from "@/lib/domain/finding/words";

/** What a proof, or its failure, does to a finding: what whoever settled it signs, and what follows as the system; versions run through both. */
export type Settled = { by: Move | null; system: Move | null };

/** Kinds that verify a fix; a commit says that there is one, no more. */
export const PROVING: readonly EvidenceKind[] = ["scan", "retest", "attestation"];

/** May the verification of this finding still be set? Of a resolution only where evidence governs its reason. */
function isVerifiable({ governance, closeReason }: FindingState): boolean {
  if (isActive(governance)) return true;
  return governance === "resolved" && (closeReason === null || reasonRule(closeReason).evidence);
}

/**
 * A scan or retest proves the fix of a finding: the proof is attached and the verification set. A claim is completed with the reason that was
 * claimed; `records`: policy lets the system record any other active one as patched. Whatever else people decided stays.
 */
export function proved(finding: Known, proof: Proof, context: DecisionContext, records: boolean): Settled {
  const { state } = finding;
  const before = peopleState(state);
  const verification: Verification = isVerifiable(state) ? "verified" : state.verification;
  const after: PeopleState = { ...before, verification };
  const verified: Step[] = verification === state.verification ? [] : [{ action: "finding.verified", after, fields: ["evidence"], reason: proof.note, details: { by: proof.kind } }];
  const by: Move = { finding, steps: [...evidenceSteps(before, [proof]), ...verified], after, evidence: [proof] };

  const reason = isClaimed(state) ? (state.closeReason ?? undefined) : ("patched" as const);
  if (!isClaimed(state) && !(records && isActive(state.governance))) return { by, system: null };
  const next = following(by, [proof.kind]);
  const followUpOn = isClaimed(state) && state.followUpOn && state.followUpOn > context.now ? state.followUpOn : undefined;
  const decided = decide(next.state, { to: "resolved", reason, followUpOn, proved: true, addsEvidence: [proof.kind] }, { ...context, by: "system" });
  if (!decided.ok) return { by, system: null };
  return { by, system: { finding: next, steps: hopSteps(next.state, decided.value, { reason: reason ?? null, note: proof.note }), after: decided.value.after } };
}

/**
 * The weakness is still there: the proof that stood or was awaited has failed. Where a retest failed, a resolution falls as well, whatever its reason;
 * what a sighting does to resolutions is for the scan itself to say.
 */
export function failed(finding: Known, why: string, context: DecisionContext, isRetest: boolean): Settled {
  const { state } = finding;
  const falls = isRetest && state.governance === "resolved";
  if (!falls && (!isActive(state.governance) || state.verification === "failed")) return { by: null, system: null };
  const after: PeopleState = { ...peopleState(state), verification: "failed", ...(isClaimed(state) ? { closeReason: null } : {}) };
  const by: Move = { finding, steps: [{ action: "finding.verification_failed", after, reason: why }], after };
  if (!falls) return { by, system: null };

  const next = following(by, []);
  const decided = decide(next.state, { to: "reopened", retestFailed: true }, { ...context, by: "system" });
  if (!decided.ok) return { by, system: null };
  const reopened: PeopleState = { ...decided.value.after, verification: "failed" };
  const [hop] = decided.value.hops;
  return { by, system: { finding: next, steps: [{ action: "finding.regressed", after: reopened, reason: why, ...(hop ? { hop } : {}) }], after: reopened } };
}

function following({ finding, steps, after }: Move, adds: readonly EvidenceKind[]): Known {
  const { state } = finding;
  return { id: finding.id, state: { ...state, ...after, version: state.version + steps.length, evidence: [...state.evidence, ...adds] } };
}

/** Both parts as the one write that they are. */
export function asOne({ by, system }: Settled): Move | null {
  if (by === null || system === null) return by ?? system;
  return { ...system, finding: by.finding, steps: [...by.steps, ...system.steps], ...(by.evidence ? { evidence: by.evidence } : {}) };
}
