import { isActive } from "@/lib/domain/finding/governance";
import type { Governance } from "@/lib/domain/finding/words";
import type { Clock } from "@/lib/domain/sla/clock";

export const SLA_STATES = ["none", "running", "warning", "breached", "paused", "met"] as const;
export type SlaState = (typeof SLA_STATES)[number];

/** A warning is due when three quarters of the window have passed. */
export const WARNING_SHARE = 0.75;

export type Timed = Clock & { governance: Governance; firstResponseAt: Date | null };

/** How much of a window has passed, 0 to 1 and beyond; 1 where it has no length. */
export function usedShare(start: Date, due: Date, now: Date): number {
  const length = due.getTime() - start.getTime();
  return length <= 0 ? 1 : Math.max(0, (now.getTime() - start.getTime()) / length);
}

function running(start: Date, due: Date, now: Date): SlaState {
  if (now > due) return "breached";
  return usedShare(start, due, now) >= WARNING_SHARE ? "warning" : "running";
}

/** The acknowledge clock: stops at the first decision or assignment by a person. */
export function acknowledgeState(finding: Timed, now: Date): SlaState {
  const { acknowledgeBy, firstResponseAt, slaStartedAt } = finding;
  if (acknowledgeBy === null) return "none";
  if (firstResponseAt !== null) return firstResponseAt <= acknowledgeBy ? "met" : "breached";
  if (finding.slaPausedAt !== null) return "paused";
  return running(slaStartedAt, acknowledgeBy, now);
}

/** The resolve clock: stops at disposition, stands while accepted or not detected. */
export function resolveState(finding: Timed, now: Date): SlaState {
  const { resolveBy, slaPausedAt, slaStartedAt } = finding;
  if (resolveBy === null) return slaPausedAt === null ? "none" : "paused";
  if (slaPausedAt !== null) return slaPausedAt <= resolveBy ? "met" : "breached";
  return running(slaStartedAt, resolveBy, now);
}

const URGENCY: readonly SlaState[] = ["breached", "warning", "running"];

/**
 * The one state that a row shows. While somebody must act it is the more urgent of the two clocks that still run
 * (a late first response alone does not mark a finding that is in hand); otherwise the resolve clock's.
 */
export function slaState(finding: Timed, now: Date): SlaState {
  const resolve = resolveState(finding, now);
  if (!isActive(finding.governance) || finding.firstResponseAt !== null) return resolve;
  const acknowledge = acknowledgeState(finding, now);
  return URGENCY.find((state) => state === acknowledge || state === resolve) ?? resolve;
}

/** The next date at which a running clock is due; null where none runs. */
export function nextDue(finding: Timed): { clock: "acknowledge" | "resolve"; due: Date } | null {
  if (!isActive(finding.governance) || finding.slaPausedAt !== null) return null;
  const acknowledge = finding.firstResponseAt === null ? finding.acknowledgeBy : null;
  if (acknowledge !== null && (finding.resolveBy === null || acknowledge <= finding.resolveBy)) return { clock: "acknowledge", due: acknowledge };
  return finding.resolveBy === null ? null : { clock: "resolve", due: finding.resolveBy };
}
