import { expect, test } from "vitest";
import { decideOne } from "@/lib/domain/finding/batch";
import type { Decision } from "@/lib/domain/finding/decide";
import { keepMove } from "@/lib/domain/finding/amendment";
import type { Move } from "@/lib/domain/finding/move";
import { DEFAULT_POLICY, type FindingState } from "@/lib/domain/finding/state";
import type { Result } from "@/lib/domain/refusal";
import { context, days, finding, hours } from "@/lib/testing/finding-state";

const RESOLVED = { governance: "resolved", closeReason: "patched", decidedAt: hours(0), acknowledgedAt: hours(0), firstResponseAt: hours(0) } as const;
const BUSY = { governance: "in_progress", decidedAt: hours(0), firstResponseAt: hours(0) } as const;

function decided(state: FindingState, decision: Decision, over: Parameters<typeof context>[0] = {}): Result<Move> {
  const said = { note: decision.note ?? null, evidence: [], acceptanceIds: [] };
  const verdict = decideOne({ id: 1, state }, decision, context(over), said);
  if (!verdict.ok) return verdict;
  return "move" in verdict.value ? { ok: true, value: verdict.value.move } : { ok: false, refusal: { code: "conflict", message: "requested" } };
}

function move(result: Result<Move>): Move {
  if (!result.ok) throw new Error(`${result.refusal.message} ${JSON.stringify(result.refusal.errors)}`);
  return result.value;
}

const actions = ({ steps }: Move) => steps.map(({ action }) => action);

test("an investigation waits on a vendor from where it stands: amended, and the disposition recorded for the first time", () => {
  const waiting = move(decided(finding(BUSY), { response: "investigating", reason: "vendor_notified", note: "Case 118.", followUpOn: days(14) }));
  expect(actions(waiting)).toEqual(["finding.amended", "finding.acknowledged"]);
  expect(waiting.after).toMatchObject({ governance: "in_progress", closeReason: "vendor_notified", followUpOn: days(14), acknowledgedAt: hours(1), decidedAt: hours(0) });
  expect(waiting.steps[0]?.after, "the first entry is not the disposition yet").toMatchObject({ closeReason: null, acknowledgedAt: null, followUpOn: days(14) });

  const later = move(decided({ ...finding(), ...waiting.after }, { response: "investigating", reason: "vendor_notified", note: "They ask for a week.", followUpOn: days(21) }, { now: hours(30) }));
  expect(actions(later), "recorded once").toEqual(["finding.amended"]);
  expect(later.after).toMatchObject({ followUpOn: days(21), acknowledgedAt: hours(1) });
});

test("the same status, reason and date without a note is there already; one of them other is an amendment, which says why", () => {
  const mitigated = finding({ ...RESOLVED, closeReason: "mitigated", followUpOn: days(30) });
  const same = { response: "closed", reason: "mitigated", followUpOn: days(30) } as const;
  expect(decided(mitigated, same)).toMatchObject({ refusal: { code: "conflict" } });
  expect(decided(mitigated, { ...same, followUpOn: undefined })).toMatchObject({ refusal: { code: "conflict" } });
  expect(decided(mitigated, { ...same, followUpOn: days(60) })).toMatchObject({ refusal: { code: "invalid", errors: [{ path: "note" }] } });
  expect(move(decided(mitigated, { ...same, followUpOn: days(60), note: "The filter stays." })).after).toMatchObject({ followUpOn: days(60), closeReason: "mitigated" });
  expect(move(decided(mitigated, { response: "closed", reason: "mitigated", note: "Looked at." })).after, "what is not said stays").toMatchObject({ followUpOn: days(30) });
  expect(move(decided(mitigated, { response: "closed", reason: "patched", note: "Shipped." })).after, "the date went with its reason").toMatchObject({ closeReason: "patched", followUpOn: null });
  expect(decided(finding(BUSY), { response: "investigating" })).toMatchObject({ refusal: { code: "conflict" } });
});

test("a date that has passed stands in the way of no note, and cannot be given anew", () => {
  const overdue = finding({ ...BUSY, closeReason: "vendor_notified", followUpOn: days(-2) });
  expect(move(decided(overdue, { response: "investigating", note: "Asked again." })).after.followUpOn).toEqual(days(-2));
  expect(decided(overdue, { response: "investigating", reason: "vendor_notified", followUpOn: days(-1), note: "Asked." })).toMatchObject({ refusal: { errors: [{ path: "followUpOn" }] } });
});

test("an amendment answers the flag, with an entry of its own; keeping answers it and changes nothing else", () => {
  const flagged = finding({ ...RESOLVED, reReview: "T-1 was reopened." });
  const amended = move(decided(flagged, { response: "closed", reason: "mitigated", followUpOn: days(30), note: "A filter, not a fix." }));
  expect(actions(amended)).toEqual(["finding.amended", "finding.re_review_cleared"]);
  expect(amended.steps.map(({ after }) => after.reReview)).toEqual(["T-1 was reopened.", null]);
  const kept = move(keepMove({ id: 1, state: flagged }, " Still shipped. "));
  expect(actions(kept)).toEqual(["finding.re_review_cleared"]);
  expect(kept.steps[0]?.note).toBe("Still shipped.");
  expect(kept.after).toMatchObject({ reReview: null, closeReason: "patched", decidedAt: hours(0) });
});

test("amending is no way round the proof: a new reason asks for it, and takes it along", () => {
  const policy = { ...DEFAULT_POLICY, evidenceRequired: ["high"] } as const;
  const duplicate = finding({ ...RESOLVED, closeReason: "duplicate", duplicateOf: 7 });
  const patched = { response: "closed", reason: "patched", note: "Fixed." } as const;
  expect(decided(duplicate, patched, { policy })).toMatchObject({ refusal: { errors: [{ path: "evidence" }] } });
  const retest = { kind: "retest", reference: "notes", note: null, approverId: null, approver: null } as const;
  const proved = decideOne({ id: 1, state: duplicate }, { ...patched, addsEvidence: ["retest"] }, context({ policy }), { note: "Fixed.", evidence: [retest], acceptanceIds: [] });
  expect(proved).toMatchObject({ ok: true, value: { move: { after: { verification: "verified", closeReason: "patched", duplicateOf: null }, evidence: [retest] } } });
  expect(decided(finding({ ...RESOLVED, governance: "false_positive", closeReason: "false_positive" }), { response: "closed", reason: "false_positive", note: "x", expiresAt: days(9) })).toMatchObject({ refusal: { errors: [{ path: "expiresAt" }] } });
});

test("only a person's response amends: one step of the table, a machine and an acceptance stay what they were", () => {
  const note = "The same again.";
  expect(decided(finding(RESOLVED), { to: "resolved", reason: "mitigated", note })).toMatchObject({ refusal: { code: "conflict" } });
  expect(decided(finding(BUSY), { response: "investigating", note }, { by: "automation" })).toMatchObject({ refusal: { code: "conflict" } });
  expect(decided(finding({ governance: "accepted_risk", acceptedUntil: days(9) }), { response: "accepted_risk", note })).toMatchObject({ refusal: { code: "conflict" } });
  expect(decided(finding(RESOLVED), { response: "closed", reason: "patched", claim: true, note })).toMatchObject({ refusal: { code: "conflict" } });
  expect(decided(finding(), { response: "needs_review", note })).toMatchObject({ refusal: { code: "conflict" } });
});

test("a claim that only gets a note still waits for its scan; one that waits for a vendor instead has ended", () => {
  const claim = finding({ ...BUSY, closeReason: "patched", verification: "pending" });
  expect(move(decided(claim, { response: "investigating", note: "Rolls out tonight." })).after).toMatchObject({ verification: "pending", closeReason: "patched" });
  expect(move(decided(claim, { response: "investigating", reason: "vendor_notified", followUpOn: days(7), note: "It is theirs." })).after).toMatchObject({ verification: "none", closeReason: "vendor_notified" });
});
