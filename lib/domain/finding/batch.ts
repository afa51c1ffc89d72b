import { amendsStanding } from "@/lib/domain/finding/amend";
import { amendmentOf } from "@/lib/domain/finding/amendment";
import { decide, type Decision, type DecisionContext } from "@/lib/domain/finding/decide";
import { evidenceSteps, hopSteps, requestStep, type Known, type Move, type NewAcceptance, type Proof } from "@/lib/domain/finding/move";
import { isProvedByAbsence } from "@/lib/domain/finding/claim";
import { ok, type Refusal, type RefusalCode, type Refused, type Result } from "@/lib/domain/refusal";

/** A finding that an action leaves alone, and why. */
export type Skip = { number: number; refusal: Refusal };

/** `requested` are moves too: their findings keep their status until an approver answers. */
export type Batch = { moves: Move[]; skipped: Skip[]; requested: Move[] };

/** All that is written, moves and requests. */
export function writtenOf({ moves, requested }: Batch): Move[] {
  return [...moves, ...requested];
}

/** What an action on one or many findings did. `changed` and `requested` are numbers; `undoUntil` is ISO 8601. */
export type BatchOutcome = {
  actionId: string | null;
  changed: readonly number[];
  requested: readonly number[];
  skipped: readonly { number: number; code: RefusalCode; why: string }[];
  undoUntil: string | null;
};

/** Files what became of one finding: a move, or the reason why it is left alone. */
export function file(batch: Batch, finding: Known, result: Result<Move>): void {
  if (result.ok) batch.moves.push(result.value);
  else batch.skipped.push({ number: finding.state.number, refusal: result.refusal });
}

export type Said = { note: string | null; evidence: readonly Proof[]; acceptanceIds: readonly number[] };

export type Verdict = { move: Move } | { requested: Move };

/** The same decision on each of many findings: those that move, those that wait for an approver, those that are left alone. */
export function decideAll(findings: readonly Known[], decision: Decision, context: DecisionContext, said: Said): Batch {
  const batch: Batch = { moves: [], skipped: [], requested: [] };
  for (const [place, finding] of findings.entries()) {
    const verdict = decideOne(finding, decision, context, { ...said, acceptanceIds: said.acceptanceIds.slice(place, place + 1) });
    if (!verdict.ok) batch.skipped.push({ number: finding.state.number, refusal: verdict.refusal });
    else if ("move" in verdict.value) batch.moves.push(verdict.value.move);
    else batch.requested.push(verdict.value.requested);
  }
  return batch;
}

/**
 * One decision on one finding, with the proofs that come with it; that a covering scan no longer sees it is one by itself. A response that it has
 * already, with something else to say about it, puts the standing decision right.
 */
export function decideOne(finding: Known, asked: Decision, context: DecisionContext, given: Said): Result<Verdict> {
  if (amendsStanding(finding.state, asked, context.by)) {
    const amended = amendmentOf(finding, asked, context, given);
    return amended.ok ? ok({ move: amended.value }) : amended;
  }
  const own = finding.absence && isProvedByAbsence(finding.state, asked) ? [finding.absence] : [];
  const said = { ...given, evidence: [...given.evidence, ...own] };
  const decision: Decision = { ...asked, addsEvidence: [...(asked.addsEvidence ?? []), ...own.map(({ kind }) => kind)] };
  const decided = decide(finding.state, decision, context);
  if (!decided.ok) return decided;
  const outcome = decided.value;
  const proofs = evidenceSteps(finding.state, said.evidence);
  if (outcome.requested && outcome.accepts) {
    const request = { expiresAt: outcome.accepts, justification: said.note };
    return ok({ requested: { finding, steps: [...proofs, requestStep(finding.state, request)], after: outcome.after, evidence: said.evidence, request } });
  }

  const acceptance = acceptanceOf(outcome.accepts, context, said);
  const after = acceptance ? { ...outcome.after, acceptanceId: acceptance.id } : outcome.after;
  const hops = hopSteps(finding.state, { ...outcome, after }, { reason: decision.reason ?? null, note: said.note });
  return ok({ move: { finding, steps: [...proofs, ...hops], after, evidence: said.evidence, ...(acceptance ? { acceptance } : {}) } });
}

function acceptanceOf(expiresAt: Date | null, context: DecisionContext, said: Said): NewAcceptance | null {
  const id = said.acceptanceIds[0];
  if (expiresAt === null || id === undefined) return null;
  return { id, expiresAt, justification: said.note, bands: context.policy.acceptedBands };
}

/**
 * When is an action on findings refused as a whole? In strict mode (one finding over REST) by any refusal but those in
 * `tolerated`; otherwise only when nothing could be done because the input itself is faulty for every finding.
 */
export function refusalOf(batch: Batch, strict: boolean, tolerated: readonly RefusalCode[] = []): Refused | null {
  const { moves, requested, skipped } = batch;
  const hard = skipped.filter(({ refusal }) => !tolerated.includes(refusal.code));
  const faulty = moves.length + requested.length === 0 && hard.every(({ refusal }) => refusal.code === "invalid");
  const first = strict || faulty ? hard[0] : undefined;
  return first ? { ok: false, refusal: first.refusal } : null;
}

/** The answer that tells what a batch did. */
export function outcomeOfBatch(batch: Batch, actionId: string, undoUntil: Date): BatchOutcome {
  const acted = batch.moves.length + batch.requested.length > 0;
  return {
    actionId: acted ? actionId : null,
    changed: batch.moves.map(({ finding }) => finding.state.number),
    requested: batch.requested.map(({ finding }) => finding.state.number),
    skipped: batch.skipped.map(({ number, refusal }) => ({ number, code: refusal.code, why: refusal.message })),
    undoUntil: acted ? undoUntil.toISOString() : null,
  };
}
