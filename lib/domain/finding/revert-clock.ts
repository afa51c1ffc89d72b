import { calibratedSeverity } from "@/lib/domain/finding/severity";
import type { FindingState, PeopleState } from "@/lib/domain/finding/state";
import { clockFor, clockOf, type Clock } from "@/lib/domain/sla/clock";
import type { SlaTable } from "@/lib/domain/sla/table";

/**
 * The clocks after an action is taken back: exactly as they were before it. Where a scan has moved them since (no longer
 * seen, seen again), what the scan did stays: started anew stays started anew, and detection says whether they run.
 */
export function revertedClock(finding: FindingState, before: PeopleState, left: PeopleState, context: { now: Date; at: Date; sla: SlaTable }): Clock {
  if (JSON.stringify(clockOf(left)) === JSON.stringify(clockOf(finding))) return clockOf(before);
  const pace = { severity: calibratedSeverity(before.teamSeverity, finding.technical), kev: finding.kev, table: context.sla };
  const base = finding.slaStartedAt > context.at ? clockOf(finding) : clockOf(before);
  return clockFor(before.governance, finding.scanner, base, context.now, pace);
}
