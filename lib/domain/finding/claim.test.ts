import { expect, test } from "vitest";
import { isClaimed } from "@/lib/domain/finding/is-claimed";
import { decide, type Decision } from "@/lib/domain/finding/decide";
import { decideOne } from "@/lib/domain/finding/batch";
import type { FindingState } from "@/lib/domain/finding/state";
import { context, finding, hours } from "@/lib/testing/finding-state";

const claim: Decision = { response: "closed", reason: "patched", claim: true };
const strict = { evidenceRequired: ["high"], acceptedEvidence: ["scan"] } as const;

function after(state: FindingState, decision: Decision, by: "person" | "system" = "person", policy = {}): FindingState {
  const decided = decide(state, decision, { ...context({ by, now: hours(5) }), policy: { ...context({}).policy, ...policy } });
  if (!decided.ok) throw new Error(decided.refusal.message);
  return { ...state, ...decided.value.after };
}

test("a claim is no resolution: in progress, pending, with the reason that was claimed, and no evidence asked for yet", () => {
  const claimed = after(finding(), claim, "person", strict);
  expect(claimed).toMatchObject({ governance: "in_progress", verification: "pending", closeReason: "patched", acknowledgedAt: null, decidedAt: hours(5), firstResponseAt: hours(5) });
  expect(isClaimed(claimed)).toBe(true);
  expect(decide(claimed, claim, context({ by: "person" }))).toMatchObject({ ok: false, refusal: { code: "conflict" } });
  expect(decide(finding(), { ...claim, reason: "duplicate", duplicateOf: 7 }, context({ by: "person" }))).toMatchObject({ ok: false, refusal: { code: "invalid" } });
  expect(decide(finding(), { response: "accepted_risk", claim: true }, context({ by: "person" }))).toMatchObject({ ok: false, refusal: { code: "invalid" } });
});

test("the claim ends with whatever is decided next, and the system completes it without starting the clocks anew", () => {
  const claimed = after(finding(), claim);
  expect(after(claimed, { response: "needs_review" })).toMatchObject({ verification: "none", closeReason: null });
  const done = after({ ...claimed, evidence: ["scan"] }, { to: "resolved", reason: "patched", proved: true }, "system", strict);
  expect(done).toMatchObject({ governance: "resolved", verification: "verified", closeReason: "patched", firstResponseAt: hours(5), slaStartedAt: claimed.slaStartedAt });
  expect(decide(claimed, { to: "resolved", reason: "patched" }, context({ by: "system" }))).toMatchObject({ ok: false, refusal: { code: "invalid" } });
});

test("what a covering scan no longer sees is proved by that scan, once, and only where evidence governs", () => {
  const absence = { kind: "scan", reference: "abc", note: null, approverId: null, approver: null, scanId: 3 } as const;
  const said = { note: "gone", evidence: [], acceptanceIds: [] };
  const gone = { id: 1, state: finding({ scanner: "closed" }), absence };
  const by = { ...context({ by: "person" }), policy: { ...context({}).policy, ...strict } };
  const proofs = (decision: Decision, one = gone) => {
    const verdict = decideOne(one, decision, by, said);
    return verdict.ok && "move" in verdict.value ? [verdict.value.move.evidence?.length, verdict.value.move.after.verification] : verdict;
  };
  expect(proofs({ response: "closed", reason: "patched" })).toEqual([1, "verified"]);
  expect(proofs({ to: "resolved" })).toEqual([1, "verified"]);
  expect(proofs({ response: "closed", reason: "false_positive", note: "no" })).toEqual([0, "none"]);
  expect(proofs({ response: "closed", reason: "patched" }, { ...gone, state: { ...gone.state, evidence: ["scan"] } })).toEqual([0, "verified"]);
  expect(decideOne({ id: 1, state: finding() }, { to: "resolved" }, by, said)).toMatchObject({ ok: false, refusal: { errors: [{ path: "evidence" }] } });
});
