import type { AuditAction } from "@/lib/domain/audit/actions";
import { changedFields } from "@/lib/domain/finding/changed-fields";
import type { Hop, Outcome } from "@/lib/domain/finding/decide";
import { differences, snapshotOf } from "@/lib/domain/finding/snapshot";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import type { EvidenceKind } from "@/lib/domain/finding/words";
import { ok, type Result } from "@/lib/domain/refusal";

/** A finding as it stands, with the key of its row. */
export type Known = {
  id: number;
  state: FindingState;
  /** The newest covering scan does not see it: what would prove a resolution, where it may. */
  absence?: Proof | null;
};

/** One entry of an action on one finding; it gets its version when its move is logged. */
export type Step = {
  action: AuditAction;
  /** The people-owned columns after this step. */
  after: PeopleState;
  hop?: Hop;
  /** What changes beside the columns, for example "evidence". */
  fields?: readonly string[];
  details?: Readonly<Record<string, unknown>>;
  reason?: string | null;
  note?: string | null;
};

/** A proof to attach. */
export type Proof = { kind: EvidenceKind; reference: string | null; note: string | null; approverId: number | null; approver: string | null; scanId?: number | null; file?: number | null };

/** A new acceptance; its id is reserved beforehand, so that the log can name it. */
export type NewAcceptance = {
  id: number; expiresAt: Date; justification: string | null; bands: number;
  /** Where it was approved: who had asked for it, and the person who approves. */
  requestedBy?: { type: string; id: string; name: string }; approverId?: number | null;
};

/** An acceptance that waits for an approver; the finding stays as it is. */
export type NewRequest = { expiresAt: Date; justification: string | null };

/** What becomes of the request that stands on a finding. */
export type RequestAnswer = "approved" | "refused" | "withdrawn";

/** All that one action does to one finding: its entries, the columns afterwards, and the records that come with it. */
export type Move = { finding: Known; steps: readonly Step[]; after: PeopleState; acceptance?: NewAcceptance; evidence?: readonly Proof[]; request?: NewRequest; answers?: RequestAnswer };

/** What every entry of an action has in common. */
export type EntryMarks = { bulk?: number | null; revokes?: string | null; bySystem?: boolean; actionId?: string };

/** The entries of a move in their order, versions consecutive. The first one holds the whole state before the action. */
export function entriesOf(move: Move, marks: EntryMarks = {}) {
  const { id, state } = move.finding;
  return move.steps.map((step, place) => {
    const before = move.steps[place - 1]?.after ?? state;
    const changed = differences(before, step.after);
    return {
      action: step.action,
      record: { type: "finding", number: state.number },
      finding: { id, version: state.version + place + 1, fields: [...changedFields(before, step.after), ...(step.fields ?? [])] },
      ...(step.hop ? { hop: step.hop } : {}),
      before: place === 0 ? snapshotOf(state) : only(snapshotOf(before), Object.keys(changed)),
      after: { ...changed, ...step.details },
      reason: step.reason ?? null,
      note: step.note ?? null,
      ...marks,
    };
  });
}

function only(snapshot: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(snapshot).filter(([name]) => names.includes(name)));
}

/** A move of one entry; refused as the domain refused its end state. */
export function oneStep(finding: Known, after: Result<PeopleState>, step: Omit<Step, "after">): Result<Move> {
  return after.ok ? ok({ finding, steps: [{ ...step, after: after.value }], after: after.value }) : after;
}

/** One entry per hop; the last one carries all that follows from the end state, but the disposition, which has its own. */
export function hopSteps(before: PeopleState, outcome: Outcome, said: { reason: string | null; note: string | null }): Step[] {
  if (outcome.claims) return claimSteps(before, outcome, said);
  const recorded = outcome.acknowledged !== null;
  const undisposed = recorded ? { ...outcome.after, closeReason: before.closeReason, acknowledgedAt: before.acknowledgedAt } : outcome.after;
  const hops = outcome.hops.map((hop, place): Step => {
    const last = place === outcome.hops.length - 1;
    return { action: "finding.transitioned", hop, after: last ? undisposed : { ...before, governance: hop.to }, ...said };
  });
  return recorded ? [...hops, { action: "finding.acknowledged", after: outcome.after, reason: outcome.acknowledged, note: said.note }] : hops;
}

/** A claim is one entry after the hops: what it waits for, as what. */
function claimSteps(before: PeopleState, { hops, after }: Outcome, said: { reason: string | null; note: string | null }): Step[] {
  const unclaimed: PeopleState = { ...after, closeReason: before.closeReason, verification: before.verification };
  const walked = hops.map((hop, place): Step => ({ action: "finding.transitioned", hop, after: place === hops.length - 1 ? unclaimed : { ...before, governance: hop.to }, ...said }));
  return [...walked, { action: "finding.claimed", after, fields: ["evidence"], details: { proof: "next_scan" }, ...said }];
}

/** One entry per proof that is attached. */
export function evidenceSteps(state: PeopleState, proofs: readonly Proof[], after: PeopleState = state): Step[] {
  return proofs.map((proof, place): Step => {
    const { kind, reference, approver, scanId, file } = proof;
    const last = place === proofs.length - 1;
    return { action: "finding.evidence_added", after: last ? after : state, fields: ["evidence"], details: { evidence: { kind, reference, approver, ...(scanId ? { scan: scanId } : {}), ...(file ? { file } : {}) } }, note: proof.note };
  });
}

/** The entry of a request: an acceptance is asked for, the columns stay as they are. */
export function requestStep(state: PeopleState, { expiresAt, justification }: NewRequest): Step {
  return { action: "acceptance.requested", after: state, fields: ["request"], details: { requested_until: expiresAt.toISOString() }, note: justification };
}
