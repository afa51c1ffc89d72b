import type { BulkStatus } from "@/lib/domain/bulk/words";
import { keepMove } from "@/lib/domain/finding/amendment";
import { decideOne, type Batch, type Said } from "@/lib/domain/finding/batch";
import { calibrate } from "@/lib/domain/finding/calibrate";
import type { Decision, DecisionContext } from "@/lib/domain/finding/decide";
import { oneStep, type Known, type Move, type Step } from "@/lib/domain/finding/move";
import { assign, tag } from "@/lib/domain/finding/ownership";
import { sayState } from "@/lib/domain/module/say";
import type { ModuleState } from "@/lib/domain/module/table";
import type { Route, Severity } from "@/lib/domain/finding/words";
import type { Refusal, RefusalCode, Result } from "@/lib/domain/refusal";
import { route } from "@/lib/domain/route/route";

/** Several acts on each finding at once; they are done in this order, so that a decision sees the new severity, and a route all of them. */
export type BulkAction = {
  severity?: { severity: Severity; reason: string } | undefined;
  /** null: nobody; undefined: left as it is. */
  assignee?: { id: number; name: string } | null | undefined;
  tags?: { add: readonly string[]; remove: readonly string[] } | undefined;
  /** null: taken back to nothing said; undefined: left as it is. */
  state?: ModuleState | null | undefined;
  /** Looked at again: the decision stands, and the flag for re-review goes. */
  keep?: { note: string } | undefined;
  decision?: Decision | undefined;
  route?: { to: Route; reason: string } | undefined;
};

/** What a bulk action did, as people and REST see it. `undoUntil` is ISO 8601. */
export type BulkRecord = {
  id: number;
  status: BulkStatus;
  undoOf: number | null;
  total: number;
  done: number;
  changed: number;
  skipped: readonly { number: number; code: RefusalCode; why: string }[];
  undoUntil: string | null;
};

type Progress = { finding: Known; now: Known; move: Move | null; isRequested: boolean; already: Refusal | null };

/** Does all acts of a bulk on each finding, or none: a finding is skipped when one act is refused, or when all were so already. */
export function actAll(findings: readonly Known[], action: BulkAction, context: DecisionContext, said: Said): Batch {
  const batch: Batch = { moves: [], skipped: [], requested: [] };
  for (const [place, finding] of findings.entries()) {
    const progress: Progress = { finding, now: finding, move: null, isRequested: false, already: null };
    const refusal = act(progress, action, context, { ...said, acceptanceIds: said.acceptanceIds.slice(place, place + 1) });
    const idle = progress.move === null ? progress.already : null;
    const why = refusal ?? idle;
    if (why) batch.skipped.push({ number: finding.state.number, refusal: why });
    else if (progress.move) (progress.isRequested ? batch.requested : batch.moves).push(progress.move);
  }
  return batch;
}

function act(progress: Progress, action: BulkAction, context: DecisionContext, said: Said): Refusal | null {
  const { severity, assignee, tags, state, keep, decision } = action;
  const note = said.note;
  if (severity) {
    const given = calibrate(progress.now.state, severity, context);
    const refusal = absorb(progress, oneStep(progress.now, given, { action: "finding.severity_calibrated", reason: severity.reason }));
    if (refusal) return refusal;
  }
  if (assignee !== undefined) {
    const given = assign(progress.now.state, assignee?.id ?? null, context);
    const step = { action: "finding.assigned", details: { assignee: assignee?.name ?? null }, note } as const;
    const refusal = absorb(progress, oneStep(progress.now, given, step));
    if (refusal) return refusal;
  }
  if (tags) {
    const refusal = absorb(progress, oneStep(progress.now, tag(progress.now.state, tags), { action: "finding.tagged", note }));
    if (refusal) return refusal;
  }
  if (state !== undefined) {
    const refusal = absorb(progress, oneStep(progress.now, sayState(progress.now.state, state), { action: "finding.state_set", note }));
    if (refusal) return refusal;
  }
  if (keep) {
    const refusal = absorb(progress, keepMove(progress.now, keep.note));
    if (refusal) return refusal;
  }
  const refusal = decision ? actDecision(progress, decision, context, said) : null;
  if (refusal || !action.route) return refusal;
  return absorb(progress, oneStep(progress.now, route(progress.now.state, action.route), { action: "finding.routed", reason: action.route.reason }));
}

function actDecision(progress: Progress, decision: Decision, context: DecisionContext, said: Said): Refusal | null {
  const verdict = decideOne(progress.now, decision, context, said);
  if (!verdict.ok) return absorb(progress, verdict);
  if ("move" in verdict.value) return absorb(progress, { ok: true, value: verdict.value.move });
  progress.isRequested = true;
  return absorb(progress, { ok: true, value: verdict.value.requested });
}

/** Adds one act to what is done to a finding. What is so already counts as done; any other refusal stops. */
function absorb(progress: Progress, given: Result<Move>): Refusal | null {
  if (!given.ok && given.refusal.code !== "conflict") return given.refusal;
  if (!given.ok) {
    progress.already ??= given.refusal;
    return null;
  }
  const steps: readonly Step[] = [...(progress.move?.steps ?? []), ...given.value.steps];
  progress.move = { ...progress.move, ...given.value, finding: progress.finding, steps }; // what a decision brings beside its columns stays with it
  progress.now = { ...progress.finding, state: { ...progress.now.state, ...given.value.after } };
  return null;
}
