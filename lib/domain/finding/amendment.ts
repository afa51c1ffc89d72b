import { amend, keepDecision, type Amendment } from "@/lib/domain/finding/amend";
import { isProvedByAbsence } from "@/lib/domain/finding/claim";
import type { DecisionContext } from "@/lib/domain/finding/decide";
import { evidenceSteps, oneStep, type Known, type Move, type Proof, type Step } from "@/lib/domain/finding/move";
import type { PeopleState } from "@/lib/domain/finding/state";
import { ok, type Result } from "@/lib/domain/refusal";

/**
 * The amendment of one finding, with the proofs that come with it: an entry for each of them, for what is put right, for the disposition where
 * none was recorded before, and for the flag that it answers. A new reason may rest on the scan that no longer sees the finding, as a closure may.
 */
export function amendmentOf(finding: Known, asked: Amendment, context: DecisionContext, said: { note: string | null; evidence: readonly Proof[] }): Result<Move> {
  const { state } = finding;
  const isNewReason = asked.reason !== undefined && asked.reason !== state.closeReason;
  const own = finding.absence && isNewReason && isProvedByAbsence(state, { ...asked, to: state.governance }) ? [finding.absence] : [];
  const evidence = [...said.evidence, ...own];
  const amended = amend(state, { ...asked, note: said.note ?? asked.note, addsEvidence: evidence.map(({ kind }) => kind) }, context);
  if (!amended.ok) return amended;

  const after = amended.value;
  return ok({ finding, steps: [...evidenceSteps(state, evidence), ...steps(state, after, asked, said.note)], after, evidence });
}

/** What one entry says the ones before it do not: the last of them leaves the finding as it is afterwards. */
function steps(before: PeopleState, after: PeopleState, { reason }: Amendment, note: string | null): Step[] {
  const isRecorded = before.acknowledgedAt === null && after.acknowledgedAt !== null;
  const flagged: PeopleState = { ...after, reReview: before.reReview };
  const unrecorded: PeopleState = { ...flagged, closeReason: before.closeReason, acknowledgedAt: before.acknowledgedAt };
  return [
    { action: "finding.amended", after: isRecorded ? unrecorded : flagged, fields: ["note"], reason: reason ?? null, note },
    ...(isRecorded ? [{ action: "finding.acknowledged", after: flagged, reason: after.closeReason, note } as const] : []),
    ...(before.reReview === null ? [] : [{ action: "finding.re_review_cleared", after, note } as const]),
  ];
}

/** Looked at again, and the decision stands as it is: one entry that clears the flag. */
export function keepMove(finding: Known, note: string): Result<Move> {
  return oneStep(finding, keepDecision(finding.state, note), { action: "finding.re_review_cleared", note: note.trim() });
}
