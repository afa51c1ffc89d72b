import type { DecisionContext } from "@/lib/domain/finding/decide";
import { evidenceSteps, type Known, type Move, type Proof } from "@/lib/domain/finding/move";
import { peopleState, verificationOf } from "@/lib/domain/finding/outcome";
import type { FindingState } from "@/lib/domain/finding/state";
import type { EvidenceKind, Verification } from "@/lib/domain/finding/words";

const WORTH = { failed: 0, none: 0, pending: 0, attested: 1, verified: 2 } as const satisfies Record<Verification, number>;

/** Proofs attached to a finding, an entry each. */
export function withEvidence(finding: Known, proofs: readonly Proof[], context: DecisionContext): Move {
  const after = { ...peopleState(finding.state), verification: liftedVerification(finding.state, proofs.map(({ kind }) => kind), context) };
  return { finding, steps: evidenceSteps(peopleState(finding.state), proofs, after), after, evidence: proofs };
}

/** New proof can lift the verification of a resolution, never lower it. */
export function liftedVerification(state: FindingState, addsEvidence: readonly EvidenceKind[], context: DecisionContext): Verification {
  if (state.governance !== "resolved") return state.verification;
  const proved = verificationOf(state, { to: "resolved", reason: state.closeReason ?? undefined, addsEvidence }, context);
  return WORTH[proved] > WORTH[state.verification] ? proved : state.verification;
}
