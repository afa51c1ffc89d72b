import type { DecisionContext } from "@/lib/domain/finding/decide";
import { DEFAULT_POLICY, type FindingState } from "@/lib/domain/finding/state";
import { startClock } from "@/lib/domain/sla/clock";
import { DEFAULT_SLA } from "@/lib/domain/sla/table";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The noon at which the domain's stories begin. */
export const NOON = new Date("2026-03-02T12:00:00.000Z");

export function hours(count: number, from: Date = NOON): Date {
  return new Date(from.getTime() + count * HOUR);
}

export function days(count: number, from: Date = NOON): Date {
  return new Date(from.getTime() + count * DAY);
}

/** An untriaged, detected finding of high severity whose clocks started at noon. */
export function finding(over: Partial<FindingState> = {}): FindingState {
  const severity = over.teamSeverity ?? over.technical ?? "high";
  const clock = startClock(NOON, { severity, kev: over.kev ?? false, table: DEFAULT_SLA });
  return {
    number: 42,
    version: 0,
    scanner: "open",
    technical: "high",
    kev: false,
    stateModule: null,
    assetOwned: false,
    evidence: [],
    assetDecommissionedOn: null,
    governance: "open",
    closeReason: null,
    acceptedUntil: null,
    acceptanceId: null,
    duplicateOf: null,
    followUpOn: null,
    reReview: null,
    verification: "none",
    teamSeverity: null,
    calibratedAt: null,
    assigneeId: null,
    tags: [],
    moduleState: null,
    route: null,
    firstResponseAt: null,
    acknowledgedAt: null,
    decidedAt: null,
    ...clock,
    ...over,
  };
}

/** A person deciding an hour after noon, under the default policy. */
export function context(over: Partial<DecisionContext> = {}): DecisionContext {
  return { now: hours(1), by: "person", policy: DEFAULT_POLICY, sla: DEFAULT_SLA, ...over };
}
