import { expect, test } from "vitest";
import { bulkDraft, bulkTerms, draftFault, type BulkDraft } from "./bulk-draft";

const NOW = "2026-11-22T09:00:00Z";
const faultOf = (part: Partial<BulkDraft>) => {
  const draft = { ...bulkDraft(NOW, 1, 365, null), ...part };
  return draftFault(draft, bulkTerms(draft, NOW, 365));
};
const BLANK = bulkDraft(NOW, 1, 365, null);

test("what is nothing without a word of why is not shown without one: an accepted risk, a kept decision, a false positive, a severity, a route", () => {
  const parts: readonly Partial<BulkDraft>[] = [
    { response: "accepted_risk" }, { response: "keep" }, { response: "closed", close: { ...BLANK.close, reason: "false_positive" } }, { severity: "low" }, { route: "record_only" },
  ];
  for (const part of parts) {
    expect(faultOf({ ...part, note: "  " })).toContain("Say why");
    expect(faultOf({ ...part, note: "Only reachable from the lab." })).toBeNull();
  }
});

test("all else may go without; what asks for nothing is no action", () => {
  expect([faultOf({ response: "investigating" }), faultOf({ response: "closed" }), faultOf({ add: "sweep" }), faultOf({ assignee: "1" })]).toEqual([null, null, null, null]);
  expect(faultOf({ note: "Because." })).toBe("Choose what is to be done.");
});
