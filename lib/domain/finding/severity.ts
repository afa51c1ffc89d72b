import { SEVERITIES, type Governance, type Severity } from "@/lib/domain/finding/words";

/** The team's word where there is one, else the scanner's. */
export function calibratedSeverity(teamSeverity: Severity | null, technical: Severity): Severity {
  return teamSeverity ?? technical;
}

/** Lower by so many bands, never below info. */
export function lowered(severity: Severity, bands: number): Severity {
  return SEVERITIES[Math.min(SEVERITIES.indexOf(severity) + Math.max(0, bands), SEVERITIES.length - 1)] ?? "info";
}

const LOWERING = {
  open: "keep",
  in_progress: "keep",
  reopened: "keep",
  accepted_risk: "bands",
  false_positive: "info",
  resolved: "info",
} as const satisfies Record<Governance, "keep" | "bands" | "info">;

/**
 * The risk that is left under the decision: info once closed, `acceptedBands` lower while accepted, else calibrated.
 * Dashboards and risk snapshots count this one.
 */
export function effectiveSeverity(calibrated: Severity, governance: Governance, acceptedBands: number): Severity {
  const rule = LOWERING[governance];
  if (rule === "info") return "info";
  return rule === "bands" ? lowered(calibrated, acceptedBands) : calibrated;
}

/** 0 for critical to 4 for info: what queues sort by. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
