import { expect, test } from "vitest";
import { closeDraft, faultsOf, isClaim, NEXT_SCAN, NO_PROOF, proofFaults, termsOf } from "./close-draft";

const NOW = "2026-11-19T10:00:00.000Z";
const WAITS = { ...NO_PROOF, kind: NEXT_SCAN } as const;

test("naming the next scan is sent as a claim and never as evidence, which nobody has yet", () => {
  const draft = { ...closeDraft(NOW), proof: { ...WAITS, reference: "typed before", approver: "bea@example.test" } };
  expect(termsOf(draft)).toMatchObject({ response: "closed", reason: "patched", claim: true });
  expect(termsOf(draft).evidence).toBeUndefined();
  expect(faultsOf(draft, true)).toEqual({});
});

test("the claim goes with the reason that it was made for: a false positive waits for no scan", () => {
  const draft = { ...closeDraft(NOW), reason: "false_positive", note: "A test double.", proof: WAITS } as const;
  expect(isClaim(draft)).toBe(false);
  expect(termsOf(draft)).not.toHaveProperty("claim");
  expect(termsOf({ ...draft, reason: "mitigated" })).toMatchObject({ claim: true, followUpOn: expect.any(String) });
});

test("real evidence is still asked for where policy wants it and none is named", () => {
  expect(faultsOf(closeDraft(NOW), true)).toHaveProperty("kind");
  expect(termsOf({ ...closeDraft(NOW), proof: { kind: "commit", reference: "abc", approver: "" } })).not.toHaveProperty("claim");
});

test("a document stands for itself; a commit is known by its name, whatever goes along", () => {
  const proof = (kind: "retest" | "commit") => ({ ...NO_PROOF, kind });
  expect(proofFaults(proof("retest"), true)).toHaveProperty("reference");
  expect(proofFaults(proof("retest"), true, true)).toEqual({});
  expect(proofFaults(proof("commit"), true, true)).toHaveProperty("reference");
});
