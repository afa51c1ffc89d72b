import { expect, test } from "vitest";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { amendDraft, amendFaults, amendTerms, AS_IT_STANDS, reasonsFor } from "./amend-draft";
import { closeDraft, termsOf } from "./close-draft";
import { endOfDay } from "./dialog-parts";
import { DISPOSITIONS, fatesOf, type Disposition } from "./dispositions";
import { rowOf } from "./queue-sample";

const NOW = "2026-11-19T10:00:00.000Z";
const DAY = "2027-01-15";

const row = (number: number, over: Partial<FindingRow> = {}): FindingRow => ({ ...rowOf(number), closeReason: null, followUpOn: null, duplicateOf: null, reReview: null, verification: "none", ...over });
const mitigated = (number: number) => row(number, { governance: "resolved", response: "closed", closeReason: "mitigated", followUpOn: endOfDay(DAY) });
const fated = (reason: Disposition["reason"], rows: readonly FindingRow[], said: Parameters<typeof fatesOf>[2]) => {
  const disposition = DISPOSITIONS.find((each) => each.reason === reason) ?? DISPOSITIONS[0];
  const { skips, amends, moves } = fatesOf(rows, disposition, said);
  return { skips: skips.map((skip) => skip.row.number), amends: amends.map(({ number }) => number), moves: moves.map(({ number }) => number) };
};

test("before it happens the dialog tells what moves, what is put right where it stands, and what is so already", () => {
  const rows = [row(1), mitigated(2), row(3, { governance: "resolved", response: "closed", closeReason: "patched" })];
  const followUpOn = endOfDay(DAY) ?? undefined;
  expect(fated("mitigated", rows, { followUpOn })).toEqual({ moves: [1], skips: [2], amends: [3] });
  expect(fated("mitigated", rows, { followUpOn, note: "Looked at." }), "a note is news").toEqual({ moves: [1], skips: [], amends: [2, 3] });
  expect(fated("mitigated", rows, { followUpOn: endOfDay("2027-02-01") ?? undefined }), "so is another day").toEqual({ moves: [1], skips: [], amends: [2, 3] });
  expect(fated("vendor_notified", [row(4, { governance: "in_progress", response: "investigating" })], { followUpOn })).toEqual({ moves: [], skips: [], amends: [4] });
  expect(fated("patched", rows, { claim: true }), "what is resolved waits for no scan").toEqual({ moves: [1], skips: [2, 3], amends: [] });
  expect(fated("duplicate", [row(5, { governance: "resolved", closeReason: "duplicate", duplicateOf: 1 })], { duplicateOf: 1 })).toEqual({ moves: [], skips: [5], amends: [] });
  expect(fated("duplicate", [row(5, { governance: "resolved", closeReason: "duplicate", duplicateOf: 1 })], { duplicateOf: 2 })).toEqual({ moves: [], skips: [], amends: [5] });
});

test("the close dialog begins with what stands on the one finding, and a day that has passed is not offered again", () => {
  expect(closeDraft(NOW, undefined, mitigated(2))).toMatchObject({ reason: "mitigated", followUpOn: DAY });
  expect(termsOf(closeDraft(NOW, undefined, mitigated(2)))).toMatchObject({ followUpOn: endOfDay(DAY) });
  expect(closeDraft("2027-03-01T10:00:00.000Z", undefined, mitigated(2)).followUpOn > DAY).toBe(true);
});

test("an amendment says what is changed and leaves what is not", () => {
  const before = amendDraft(NOW, [mitigated(2)]);
  expect(amendFaults(before, false)).toHaveProperty("note");
  expect(amendTerms({ ...before, note: " Looked at. " }, before)).toEqual({ note: "Looked at.", reason: "mitigated", duplicateOf: undefined, followUpOn: undefined, evidence: undefined });
  expect(amendTerms({ ...before, note: "Longer.", followUpOn: "2027-02-01" }, before)).toMatchObject({ followUpOn: endOfDay("2027-02-01") });
  expect(amendTerms({ ...before, note: "Only said.", reason: AS_IT_STANDS }, before)).toEqual({ note: "Only said." });
});

test("of several findings only reasons are offered that lead to where all of them stand", () => {
  expect(reasonsFor([mitigated(1), row(2, { governance: "resolved" })]).map(({ reason }) => reason)).toEqual(["patched", "mitigated", "duplicate", "decommissioned"]);
  expect(reasonsFor([mitigated(1), row(2, { governance: "in_progress" })])).toEqual([]);
  expect(reasonsFor([row(2, { governance: "accepted_risk" })])).toEqual([]);
  expect(amendDraft(NOW, [mitigated(1), mitigated(2)]).reason).toBe(AS_IT_STANDS);
});
