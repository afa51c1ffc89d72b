import { expect, it } from "vitest";
import { calibratedSeverity, effectiveSeverity, lowered, severityRank } from "@/lib/domain/finding/severity";
import { GOVERNANCE_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";

it.each([
  ["open", "critical"],
  ["in_progress", "critical"],
  ["reopened", "critical"],
  ["accepted_risk", "high"],
  ["false_positive", "info"],
  ["resolved", "info"],
] as const)("a critical one counts, while %s, as %s", (governance, expected) => {
  expect(effectiveSeverity("critical", governance, 1)).toBe(expected);
});

it("is lowered by as many bands as the policy says, never below info and never raised", () => {
  expect([0, 1, 2, 3, 4, 9].map((bands) => effectiveSeverity("high", "accepted_risk", bands))).toEqual(["high", "medium", "low", "info", "info", "info"]);
  expect(lowered("low", -3)).toBe("low");
  for (const severity of SEVERITIES)
    for (const governance of GOVERNANCE_STATUSES)
      expect(severityRank(effectiveSeverity(severity, governance, 1))).toBeGreaterThanOrEqual(severityRank(severity));
});

it("takes the team's word before the scanner's, up or down", () => {
  expect(calibratedSeverity("low", "critical")).toBe("low");
  expect(calibratedSeverity(null, "critical")).toBe("critical");
});
