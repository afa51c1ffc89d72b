import { expect, test } from "vitest";
import { proofBands, proofHint } from "./dispositions";

const POLICY = { undoHours: 24, maxAcceptanceDays: 365, evidenceRequired: ["critical", "high"], acceptedEvidence: ["scan", "commit"], approvalRequired: false, fourEyes: false } as const;
const PATCHED = { reason: "patched" } as const;
const row = (scannerStatus: "open" | "closed", calibrated: "critical" | "high" | "low") => ({ scannerStatus, severity: { calibrated } });

test("whoever closes what a scan no longer sees makes up no second proof; what is still seen asks for one, in its bands alone", () => {
  expect(proofBands([row("closed", "high")], PATCHED, POLICY)).toEqual([]);
  expect(proofBands([row("closed", "high"), row("open", "critical"), row("open", "low")], PATCHED, POLICY)).toEqual(["critical"]);
  expect(proofBands([row("closed", "high")], PATCHED, { ...POLICY, acceptedEvidence: ["commit"] }), "where a scan proves nothing").toEqual(["high"]);
  expect(proofBands([row("open", "high")], { reason: "false_positive" }, POLICY)).toEqual([]);
});

test("what is said beside the evidence is true of all of them", () => {
  expect(proofHint([row("open", "high")], PATCHED, POLICY)).toBe("the policy asks for it on high");
  expect(proofHint([row("closed", "high")], PATCHED, POLICY)).toBe("optional; the scan that no longer sees it is one");
  expect(proofHint([row("closed", "high"), row("closed", "low")], PATCHED, { ...POLICY, fourEyes: true })).toBe("optional; the scans that no longer see them are, unless you sent the scan");
  expect(proofHint([row("closed", "high"), row("open", "low")], PATCHED, POLICY)).toBe("optional; without it the closure is shown as administrative");
});
