import { peopleState } from "@/lib/domain/finding/outcome";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import type { Severity } from "@/lib/domain/finding/words";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { clockOf, repaceClock } from "@/lib/domain/sla/clock";
import type { SlaTable } from "@/lib/domain/sla/table";

/**
 * Sets the team's severity with its reason, and the due dates that follow from it. Confirming the scanner's word is a
 * calibration too; saying the same twice is refused as `conflict`.
 */
export function calibrate(
  finding: FindingState,
  asked: { severity: Severity; reason: string },
  context: { now: Date; sla: SlaTable },
): Result<PeopleState> {
  if (asked.reason.trim() === "") return refuseInput([{ path: "reason", message: "A calibration needs its reason." }]);
  if (finding.teamSeverity === asked.severity) return refuse("conflict", `Already calibrated to ${asked.severity}.`);
  const pace = { severity: asked.severity, kev: finding.kev, table: context.sla };
  const clock = repaceClock(clockOf(finding), pace, finding.firstResponseAt);
  return ok({ ...peopleState(finding), ...clock, teamSeverity: asked.severity, calibratedAt: context.now });
}
