import { describe, expect, it } from "vitest";
import { decide, type Decision, type DecisionContext } from "@/lib/domain/finding/decide";
import { DEFAULT_POLICY, type FindingState } from "@/lib/domain/finding/state";
import type { Refusal } from "@/lib/domain/refusal";
import { context, days, finding, hours } from "@/lib/testing/finding-state";

function decided(state: FindingState, decision: Decision, over: Partial<DecisionContext> = {}) {
  const result = decide(state, decision, context(over));
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

function refused(state: FindingState, decision: Decision, over: Partial<DecisionContext> = {}): Refusal {
  const result = decide(state, decision, context(over));
  if (result.ok) throw new Error(`Nobody refused: ${JSON.stringify(result.value.hops)}`);
  return result.refusal;
}

const paths = (refusal: Refusal) => (refusal.errors ?? []).map((fault) => fault.path);
const policy = (over: Partial<typeof DEFAULT_POLICY>) => ({ policy: { ...DEFAULT_POLICY, ...over } });
const accepted = finding({ governance: "accepted_risk", closeReason: "risk_accepted", acceptedUntil: days(30), acceptanceId: 7, decidedAt: hours(0) });
const resolved = finding({ governance: "resolved", closeReason: "patched", decidedAt: hours(0), acknowledgedAt: hours(0), verification: "verified" });

describe("accepting risk", () => {
  it("gives the expiry to store and records the disposition", () => {
    const outcome = decided(finding(), { response: "accepted_risk", expiresAt: days(90), note: "Isolated." });
    expect(outcome).toMatchObject({ accepts: days(90), acknowledged: "risk_accepted", requested: false });
    expect(outcome.after).toMatchObject({ acceptedUntil: days(90), acceptanceId: null, closeReason: "risk_accepted", acknowledgedAt: hours(1) });
  });

  it.each([
    ["without an expiry", undefined],
    ["until yesterday", days(-1)],
    ["until this very moment", hours(1)],
    ["a second longer than the policy allows", new Date(days(365, hours(1)).getTime() + 1_000)],
    ["until a date that is none", new Date(Number.NaN)],
  ])("is refused %s", (_what, expiresAt) => {
    expect(refused(finding(), { to: "accepted_risk", expiresAt, note: "Isolated." })).toMatchObject({ code: "invalid", errors: [{ path: "expiresAt" }] });
  });

  it("takes exactly the longest acceptance", () => {
    expect(decided(finding(), { to: "accepted_risk", expiresAt: days(365, hours(1)), note: "Isolated." }).after.governance).toBe("accepted_risk");
  });

  it("renews with a new expiry and its reason; the old acceptance is left to the chain", () => {
    const outcome = decided(accepted, { response: "accepted_risk", expiresAt: days(60), note: "Replacement slipped a quarter." });
    expect(outcome.hops).toEqual([{ from: "accepted_risk", to: "accepted_risk" }]);
    expect(outcome.after).toMatchObject({ acceptedUntil: days(60), acceptanceId: null });
    for (const note of [undefined, "  "]) expect(paths(refused(accepted, { to: "accepted_risk", expiresAt: days(60), note }))).toEqual(["note"]);
    expect(paths(refused(accepted, { to: "accepted_risk", expiresAt: days(30), note: "Again." }))).toEqual(["expiresAt"]);
    expect(refused(accepted, { to: "accepted_risk" }).code).toBe("conflict");
  });

  it("only asks where policy wants an approver: nothing moves until somebody approves", () => {
    const asks = policy({ approvalRequired: true });
    const outcome = decided(finding(), { to: "accepted_risk", expiresAt: days(30), note: "Isolated." }, asks);
    expect(outcome).toMatchObject({ hops: [], requested: true, accepts: days(30), acknowledged: null });
    expect(outcome.after).toMatchObject({ governance: "open", firstResponseAt: null });
    expect(decided(finding(), { to: "accepted_risk", expiresAt: days(30), note: "Isolated." }, { ...asks, approved: true }).after.governance).toBe("accepted_risk");
  });

  it("asks an automation for its owner and its approver", () => {
    const decision = { to: "accepted_risk", expiresAt: days(30) } as const;
    expect(paths(refused(finding(), decision, { by: "automation" }))).toEqual(["automation"]);
    const outcome = decided(finding(), decision, { by: "automation", automation: { ownerId: 1, approverId: 2 } });
    expect(outcome.after.firstResponseAt).toBeNull();
  });
});

describe("closing", () => {
  it.each([
    ["patched", "resolved"],
    ["mitigated", "resolved"],
    ["false_positive", "false_positive"],
  ] as const)("as %s leads to %s", (reason, governance) => {
    const outcome = decided(finding(), { response: "closed", reason, note: "Seen to." });
    expect(outcome).toMatchObject({ acknowledged: reason, after: { governance, closeReason: reason, decidedAt: hours(1) } });
  });

  it("needs a reason, and one that closes; any other names the right call", () => {
    expect(paths(refused(finding(), { response: "closed" }))).toEqual(["reason"]);
    expect(refused(finding(), { response: "closed", reason: "risk_accepted" }).next).toContain("Accepted Risk with an expiry date");
    expect(refused(finding(), { response: "closed", reason: "vendor_notified" }).next).toContain("Investigating");
    expect(refused(finding(), { to: "false_positive", reason: "patched", note: "?" })).toMatchObject({ code: "invalid", errors: [{ path: "reason" }] });
  });

  it("as a duplicate names the other finding, which is not itself", () => {
    expect(paths(refused(finding(), { response: "closed", reason: "duplicate" }))).toEqual(["duplicateOf"]);
    expect(paths(refused(finding({ number: 42 }), { response: "closed", reason: "duplicate", duplicateOf: 42 }))).toEqual(["duplicateOf"]);
    expect(decided(finding(), { response: "closed", reason: "duplicate", duplicateOf: 7 }).after.duplicateOf).toBe(7);
  });

  it("as decommissioned is proved by the asset's date alone", () => {
    const strict = policy({ evidenceRequired: ["high"] });
    expect(paths(refused(finding({ evidence: ["scan"] }), { response: "closed", reason: "decommissioned" }, strict))).toEqual(["reason"]);
    expect(decided(finding({ assetDecommissionedOn: days(-1) }), { response: "closed", reason: "decommissioned" }, strict).after.verification).toBe("none");
  });

  it("as decommissioned waits for the day: the refusal names it and says what to do", () => {
    const retires = (on: string, now: string) => decide(finding({ assetDecommissionedOn: new Date(on) }), { response: "closed", reason: "decommissioned" }, context({ now: new Date(now) }));
    expect(retires("2027-03-01", "2027-03-01T00:00:00Z").ok).toBe(true);
    expect(retires("2027-03-01", "2027-02-28T23:59:59Z")).toMatchObject({ ok: false, refusal: { code: "invalid", errors: [{ path: "reason", message: expect.stringMatching(/2027-03-01.*has not come: close it from then on/) }] } });
  });

  it("as a false positive needs a note that holds more than spaces", () => {
    expect(paths(refused(finding(), { response: "closed", reason: "false_positive", note: "  " }))).toEqual(["note"]);
  });

  it("asks for evidence of an accepted kind, in the bands that the policy names, by calibrated severity", () => {
    const strict = policy({ evidenceRequired: ["critical", "high"], acceptedEvidence: ["retest", "attestation"] });
    const patched: Decision = { response: "closed", reason: "patched" };
    expect(paths(refused(finding(), patched, strict))).toEqual(["evidence"]);
    expect(paths(refused(finding({ evidence: ["commit"] }), patched, strict))).toEqual(["evidence"]);
    expect(paths(refused(finding(), { to: "resolved" }, strict))).toEqual(["evidence"]);
    expect(decided(finding({ teamSeverity: "low" }), patched, strict).after.verification).toBe("none");
    expect(decided(finding(), { ...patched, addsEvidence: ["retest"] }, strict).after.verification).toBe("verified");
    expect(decided(finding({ evidence: ["attestation"] }), patched, strict).after.verification).toBe("attested");
  });

  it("closed already is a conflict, not a second decision", () => {
    expect(refused(resolved, { response: "closed", reason: "mitigated" }).code).toBe("conflict");
  });
});

describe("walking a path", () => {
  it("checks the guards of every hop before the first: leaving resolved wants a note", () => {
    expect(paths(refused(resolved, { response: "investigating" }))).toEqual(["note"]);
    const outcome = decided(resolved, { response: "investigating", note: "The fix was rolled back." });
    expect(outcome.hops.map((hop) => hop.to)).toEqual(["open", "in_progress"]);
    expect(outcome.after).toMatchObject({ governance: "in_progress", closeReason: null, verification: "none", acknowledgedAt: null });
  });

  it("says all that is missing at once", () => {
    expect(paths(refused(resolved, { response: "accepted_risk" })).toSorted()).toEqual(["expiresAt", "note"]);
  });

  it("never walks where one step was asked for", () => {
    const refusal = refused(finding({ governance: "false_positive" }), { to: "resolved" });
    expect(refusal).toMatchObject({ code: "illegal", allowed: ["open"] });
    expect(refused(accepted, { to: "resolved" }).allowed).toEqual(["open", "accepted_risk"]);
  });

  it("skips what needs review already, reopened ones too", () => {
    expect(refused(finding(), { response: "needs_review" }).code).toBe("conflict");
    expect(refused(finding({ governance: "reopened" }), { response: "needs_review" }).code).toBe("conflict");
  });

  it("clears the disposition entirely on the way back to Needs Review", () => {
    const flagged = { ...resolved, duplicateOf: 3, followUpOn: days(9), reReview: "Ticket reopened." };
    const { after, acknowledged } = decided(flagged, { response: "needs_review", note: "Not fixed." });
    expect(acknowledged).toBeNull();
    expect(after).toMatchObject({ governance: "open", closeReason: null, duplicateOf: null, followUpOn: null, reReview: null });
    expect(after).toMatchObject({ verification: "none", acknowledgedAt: null, decidedAt: null });
  });
});

describe("waiting on a vendor", () => {
  it("is an investigation, acknowledged, with a date to follow up", () => {
    expect(paths(refused(finding(), { response: "investigating", reason: "vendor_notified" }))).toEqual(["followUpOn"]);
    const waiting = decided(finding(), { response: "investigating", reason: "vendor_notified", followUpOn: days(14) });
    expect(waiting).toMatchObject({ acknowledged: "vendor_notified", after: { governance: "in_progress", followUpOn: days(14) } });

    const state = { ...finding(), ...waiting.after };
    expect(decided(state, { response: "closed", reason: "patched" }).after.followUpOn).toBeNull();
  });

  it("does not follow up in the past", () => {
    expect(paths(refused(finding(), { response: "investigating", reason: "vendor_notified", followUpOn: days(-1) }))).toEqual(["followUpOn"]);
  });
});

describe("what does not belong is refused, never ignored", () => {
  it.each([
    [{ to: "in_progress", expiresAt: days(3) }, "expiresAt"],
    [{ response: "closed", reason: "patched", duplicateOf: 7 }, "duplicateOf"],
    [{ response: "closed", reason: "patched", followUpOn: days(3) }, "followUpOn"],
    [{ to: "in_progress", reason: "patched" }, "reason"],
  ] as const)("%o", (decision, path) => {
    expect(paths(refused(finding(), decision))).toEqual([path]);
  });
});

describe("who answered first", () => {
  it("is the first person, once; never an automation", () => {
    const first = decided(finding(), { to: "in_progress" }).after;
    expect(first.firstResponseAt).toEqual(hours(1));
    const second = decided({ ...finding(), ...first }, { response: "closed", reason: "patched" }, { now: hours(9) }).after;
    expect(second.firstResponseAt).toEqual(hours(1));
    expect(decided(finding(), { to: "in_progress" }, { by: "automation" }).after.firstResponseAt).toBeNull();
  });
});

describe("the system and the clock", () => {
  it("reopens what a sighting contradicts, with new clocks", () => {
    const { after } = decided(resolved, { to: "reopened" }, { by: "system", now: days(10) });
    expect(after).toMatchObject({ governance: "reopened", closeReason: null, slaStartedAt: days(10), resolveBy: days(17), firstResponseAt: null });
  });

  it("keeps a mitigation that is seen again, and drops it when a retest fails", () => {
    const mitigated = { ...resolved, closeReason: "mitigated" } as const;
    expect(refused(mitigated, { to: "reopened" }, { by: "system" }).code).toBe("invalid");
    expect(decided(mitigated, { to: "reopened", retestFailed: true }, { by: "system" }).after.governance).toBe("reopened");
  });

  it("lets the clock end an acceptance only once it has run out", () => {
    expect(refused(accepted, { to: "open" }, { by: "clock", now: days(29) }).code).toBe("invalid");
    const { after } = decided(accepted, { to: "open" }, { by: "clock", now: days(30) });
    expect(after).toMatchObject({ governance: "open", acceptedUntil: null, slaStartedAt: days(30), acknowledgeBy: days(32) });
  });
});
