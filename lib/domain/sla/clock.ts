import { isActive, isDetected } from "@/lib/domain/finding/governance";
import type { Governance, ScannerStatus, Severity } from "@/lib/domain/finding/words";
import { slaWindow, type SlaTable } from "@/lib/domain/sla/table";

/** The clocks of a finding. A paused clock has no resolve date; one stopped by a disposition keeps it, to say whether it was met. */
export type Clock = { slaStartedAt: Date; slaPausedAt: Date | null; acknowledgeBy: Date | null; resolveBy: Date | null };

/** What sets a finding's windows: its calibrated severity and whether it is known to be exploited. */
export type Pace = { severity: Severity; kev: boolean; table: SlaTable };

/** The four clock columns of a finding and nothing else. */
export function clockOf({ slaStartedAt, slaPausedAt, acknowledgeBy, resolveBy }: Clock): Clock {
  return { slaStartedAt, slaPausedAt, acknowledgeBy, resolveBy };
}

function after(start: Date, milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(start.getTime() + milliseconds);
}

/** Clocks from now on: at first sight, at a regression, a re-find and an expiry. Starts at the import, never in the past. */
export function startClock(now: Date, pace: Pace): Clock {
  const window = slaWindow(pace.severity, pace.kev, pace.table);
  return { slaStartedAt: now, slaPausedAt: null, acknowledgeBy: after(now, window.acknowledge), resolveBy: after(now, window.resolve) };
}

/** Stands still from now on; what is left is kept. A clock that already stands is left as it is. */
export function pauseClock(clock: Clock, now: Date): Clock {
  return { ...clock, slaPausedAt: clock.slaPausedAt ?? now, resolveBy: null };
}

/** Runs on with exactly what was left: the start moves by the time that it stood. */
export function resumeClock(clock: Clock, now: Date, pace: Pace): Clock {
  if (clock.slaPausedAt === null) return clock;
  const slaStartedAt = new Date(clock.slaStartedAt.getTime() + now.getTime() - clock.slaPausedAt.getTime());
  const { resolve } = slaWindow(pace.severity, pace.kev, pace.table);
  return { ...clock, slaStartedAt, slaPausedAt: null, resolveBy: after(slaStartedAt, resolve) };
}

/** Stopped by a disposition: the date stays, so that met and breached can be told apart. */
export function stopClock(clock: Clock, now: Date, pace: Pace): Clock {
  return { ...resumeClock(clock, now, pace), slaPausedAt: now };
}

/** The clock as a status asks for it: running while somebody must act, paused while accepted or not detected, stopped once closed. */
export function clockFor(governance: Governance, scanner: ScannerStatus, clock: Clock, now: Date, pace: Pace): Clock {
  if (governance === "accepted_risk") return pauseClock(clock, now);
  if (!isActive(governance)) return stopClock(clock, now, pace);
  return isDetected(scanner) ? resumeClock(clock, now, pace) : pauseClock(clock, now);
}

/** What a change of detection does to the clocks: no longer seen pauses, a re-find starts them anew. A closed finding's stay as they are. */
export function clockOnDetection(change: "unseen" | "refound", governance: Governance, clock: Clock, now: Date, pace: Pace): Clock {
  if (!isActive(governance) && governance !== "accepted_risk") return clock;
  if (change === "unseen") return pauseClock(clock, now);
  return clockFor(governance, "open", startClock(now, pace), now, pace);
}

/** New dates from another severity or table; what has passed stays passed, and an answered acknowledge clock is left alone. */
export function repaceClock(clock: Clock, pace: Pace, firstResponseAt: Date | null): Clock {
  const window = slaWindow(pace.severity, pace.kev, pace.table);
  const paused = clock.slaPausedAt !== null && clock.resolveBy === null;
  return {
    ...clock,
    acknowledgeBy: firstResponseAt === null ? after(clock.slaStartedAt, window.acknowledge) : clock.acknowledgeBy,
    resolveBy: paused ? null : after(clock.slaStartedAt, window.resolve),
  };
}
