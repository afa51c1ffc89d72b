import { describe, expect, it } from "vitest";
import { amend, flagForReview, keepDecision } from "@/lib/domain/finding/amend";
import { calibrate } from "@/lib/domain/finding/calibrate";
import { cleanTag } from "@/lib/domain/finding/clean-tag";
import { assign, tag } from "@/lib/domain/finding/ownership";
import { responsesTagged, tagsWithResponse } from "@/lib/domain/finding/response-tag";
import { DEFAULT_POLICY } from "@/lib/domain/finding/state";
import { context, days, finding, hours } from "@/lib/testing/finding-state";

describe("assigning", () => {
  it("is a first response when a person does it, and only the first time", () => {
    expect(assign(finding(), 7, context())).toMatchObject({ ok: true, value: { assigneeId: 7, firstResponseAt: hours(1) } });
    expect(assign(finding({ firstResponseAt: hours(0) }), 7, context())).toMatchObject({ value: { firstResponseAt: hours(0) } });
    expect(assign(finding(), 7, context({ by: "automation" }))).toMatchObject({ value: { firstResponseAt: null } });
    expect(assign(finding({ assigneeId: 7 }), null, context())).toMatchObject({ value: { assigneeId: null, firstResponseAt: null } });
  });

  it("to whom it belongs already changes nothing", () => {
    expect(assign(finding({ assigneeId: 7 }), 7, context())).toMatchObject({ ok: false, refusal: { code: "conflict" } });
  });
});

describe("tagging", () => {
  it("keeps one spelling of each, in the order in which they came", () => {
    expect(tag(finding({ tags: ["pci"] }), { add: ["Edge Proxy", "edge-proxy", "PCI"], remove: [] })).toMatchObject({ value: { tags: ["pci", "edge-proxy"] } });
    expect(cleanTag("  Two   words ")).toBe("two-words");
  });

  it("lets removal win, and refuses what is so already", () => {
    expect(tag(finding({ tags: ["a", "b"] }), { add: ["a"], remove: ["a"] })).toMatchObject({ value: { tags: ["b"] } });
    expect(tag(finding({ tags: ["a"] }), { add: ["a"], remove: ["zzz"] })).toMatchObject({ ok: false, refusal: { code: "conflict" } });
  });

  it("carries fifty and no more", () => {
    const fifty = Array.from({ length: 50 }, (_, place) => `t${place}`);
    expect(tag(finding(), { add: fifty, remove: [] }).ok).toBe(true);
    expect(tag(finding({ tags: fifty }), { add: ["one-more"], remove: [] })).toMatchObject({ refusal: { code: "invalid" } });
    expect(tag(finding(), { add: ["x".repeat(65)], remove: [] })).toMatchObject({ refusal: { code: "invalid" } });
  });
});

describe("the tag of the response", () => {
  it("is nobody's to give or take: it says what was decided, and goes when the decision is cleared", () => {
    expect(tagsWithResponse(["pci"], "closed")).toEqual(["pci", "response:closed"]);
    expect(tagsWithResponse(["pci"], "needs_review")).toEqual(["pci"]);
    expect(tag(finding({ tags: ["pci"] }), { add: ["Response:Closed"], remove: [] })).toMatchObject({ refusal: { code: "invalid", errors: [{ path: "add" }] } });
    const closed = finding({ governance: "resolved", tags: ["pci"] });
    expect(tag(closed, { add: [], remove: ["response:closed"] })).toMatchObject({ refusal: { code: "invalid", errors: [{ path: "remove" }] } });
    expect(tag(closed, { add: ["pci", "response:closed", "edge"], remove: [] }), "what was read is sent back, with one more").toMatchObject({ value: { tags: ["pci", "edge"] } });
    expect(tag(finding({ tags: ["response:old"] }), { add: [], remove: ["response:old"] }), "given before it was spoken for").toMatchObject({ value: { tags: [] } });
  });

  it("is found by its name, by a pattern of it, and never by a bare star", () => {
    expect(responsesTagged(["pci", "response:closed"])).toEqual(["closed"]);
    expect(responsesTagged(["response:*"])).toEqual(["investigating", "accepted_risk", "closed"]);
    expect(responsesTagged(["response:*e*"])).toEqual(["investigating", "accepted_risk", "closed"]);
    expect(responsesTagged(["*", "response:needs_review", "response:.*"])).toEqual([]);
  });
});

describe("calibrating", () => {
  it("needs its reason, moves the due dates, and never the response clock that was answered", () => {
    expect(calibrate(finding(), { severity: "critical", reason: " " }, context())).toMatchObject({ refusal: { code: "invalid" } });
    const answered = finding({ firstResponseAt: hours(1) });
    expect(calibrate(answered, { severity: "critical", reason: "Exploit in the wild." }, context())).toMatchObject({
      value: { teamSeverity: "critical", calibratedAt: hours(1), resolveBy: hours(72), acknowledgeBy: hours(48) },
    });
  });

  it("may confirm the scanner's word, once", () => {
    const confirmed = calibrate(finding(), { severity: "high", reason: "Agreed." }, context());
    expect(confirmed).toMatchObject({ value: { teamSeverity: "high", calibratedAt: hours(1) } });
    expect(calibrate(finding({ teamSeverity: "high" }), { severity: "high", reason: "Agreed." }, context())).toMatchObject({ refusal: { code: "conflict" } });
  });
});

describe("amending a decision", () => {
  const patched = finding({ governance: "resolved", closeReason: "patched", decidedAt: hours(0) });

  it("changes the reason and not the status, with a note", () => {
    const amended = amend(patched, { reason: "mitigated", note: "A filter, not a fix.", followUpOn: days(30) }, context());
    expect(amended).toMatchObject({ value: { governance: "resolved", closeReason: "mitigated", followUpOn: days(30), decidedAt: hours(0) } });
    expect(amend(patched, { reason: "mitigated", note: "" }, context())).toMatchObject({ refusal: { errors: [{ path: "note" }] } });
  });

  it("makes an investigation wait on a vendor", () => {
    const busy = finding({ governance: "in_progress", decidedAt: hours(0) });
    expect(amend(busy, { reason: "vendor_notified", note: "Case 118.", followUpOn: days(14) }, context())).toMatchObject({ value: { followUpOn: days(14) } });
  });

  it("is no way round the proof, the table or the absence of a decision", () => {
    const strict = context({ policy: { ...DEFAULT_POLICY, evidenceRequired: ["high"] } });
    const duplicate = { ...patched, closeReason: "duplicate", duplicateOf: 7 } as const;
    expect(amend(duplicate, { reason: "patched", note: "Fixed." }, strict)).toMatchObject({ refusal: { errors: [{ path: "evidence" }] } });
    expect(amend(patched, { reason: "false_positive", note: "Never was." }, context())).toMatchObject({ refusal: { code: "invalid" } });
    expect(amend(finding(), { reason: "patched", note: "Fixed." }, context())).toMatchObject({ refusal: { code: "illegal" } });
  });
});

describe("re-review", () => {
  it("is cleared by keeping the decision with a note, never by itself", () => {
    const flagged = finding({ governance: "false_positive", reReview: "Ticket reopened." });
    expect(keepDecision(flagged, "")).toMatchObject({ refusal: { code: "invalid" } });
    expect(keepDecision(flagged, "Still not reachable.")).toMatchObject({ value: { reReview: null, governance: "false_positive" } });
    expect(keepDecision(finding(), "Nothing to keep.")).toMatchObject({ refusal: { code: "conflict" } });
    expect(flagForReview(flagged, "Ticket reopened.")).toMatchObject({ refusal: { code: "conflict" } });
  });
});
