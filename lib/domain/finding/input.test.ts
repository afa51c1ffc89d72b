import { describe, expect, it } from "vitest";
import { bodyPath, decisionOf, responseBody, selection, tagsBody, transitionBody } from "@/lib/domain/finding/input";
import { CLOSE_REASON_RULES } from "@/lib/domain/finding/close-reason";
import { CLOSE_REASONS } from "@/lib/domain/finding/words";

describe("a decision over REST", () => {
  it("becomes the domain's decision; blanks and nulls are absent", () => {
    const { response, ...asked } = responseBody.parse({ response: "closed", reason: "patched", note: "  ", expires_at: null, evidence: [{ kind: "commit", reference: "4f1c2d" }], version: 3 });
    expect(decisionOf({ response }, asked)).toEqual({ response: "closed", reason: "patched", addsEvidence: ["commit"] });
  });

  it("reads a day and a moment as ISO 8601, and nothing else as a date", () => {
    const read = (expires_at: unknown) => transitionBody.safeParse({ to: "accepted_risk", expires_at });
    expect(read("2027-03-01").data?.expires_at).toEqual(new Date("2027-03-01T00:00:00.000Z"));
    expect(read("2027-03-01T09:00:00+02:00").data?.expires_at).toEqual(new Date("2027-03-01T07:00:00.000Z"));
    for (const wrong of ["soon", "2027-02-30", "1", 1_800_000_000, "2027-03-01T09:00:00"]) expect(read(wrong).success).toBe(false);
  });

  it.each([
    ["a status that there is not", { to: "done" }],
    ["a note of more than 4,000 characters", { to: "open", note: "x".repeat(4_001) }],
    ["an attestation by nobody", { to: "resolved", evidence: [{ kind: "attestation" }] }],
    ["a commit without its reference", { to: "resolved", evidence: [{ kind: "commit" }] }],
    ["more proofs than anybody reads", { to: "resolved", evidence: Array.from({ length: 21 }, () => ({ kind: "scan" })) }],
    ["a negative version", { to: "open", version: -1 }],
  ])("refuses %s", (_what, body) => expect(transitionBody.safeParse(body).success).toBe(false));

  it("names a fault as the caller wrote the field", () => {
    expect(["expiresAt", "duplicateOf", "followUpOn", "note"].map(bodyPath)).toEqual(["expires_at", "duplicate_of", "follow_up_on", "note"]);
  });
});

it("bounds a selection to a thousand, and tags to fifty of 64 characters", () => {
  const items = (count: number) => Array.from({ length: count }, (_, place) => ({ number: place + 1, version: 0 }));
  expect([0, 1, 1_000, 1_001].map((count) => selection.safeParse(items(count)).success)).toEqual([false, true, true, false]);
  expect(tagsBody.safeParse({ add: ["x".repeat(65)] }).success).toBe(false);
  expect(tagsBody.parse({ remove: ["a"] })).toEqual({ add: [], remove: ["a"] });
});

it("offers exactly five reasons where the response is set to Closed", () => {
  expect(CLOSE_REASONS.filter((reason) => CLOSE_REASON_RULES[reason].closes).toSorted()).toEqual(["decommissioned", "duplicate", "false_positive", "mitigated", "patched"]);
});
