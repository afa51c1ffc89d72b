import type { Severity } from "@/lib/domain/finding/words";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds until the due date; null: no clock runs. */
export type SlaWindow = { acknowledge: number | null; resolve: number | null };

/** One row per band, by calibrated severity; `kevResolve` caps the resolve window of a known exploited vulnerability. */
export type SlaTable = { windows: Readonly<Record<Severity, SlaWindow>>; kevResolve: number };

export const DEFAULT_SLA: SlaTable = {
  windows: {
    critical: { acknowledge: 24 * HOUR, resolve: 72 * HOUR },
    high: { acknowledge: 48 * HOUR, resolve: 7 * DAY },
    medium: { acknowledge: 5 * DAY, resolve: 30 * DAY },
    low: { acknowledge: 10 * DAY, resolve: 90 * DAY },
    info: { acknowledge: null, resolve: null },
  },
  kevResolve: 14 * DAY,
};

/**
 * The windows of one finding, in milliseconds.
 * A known exploited vulnerability is due within `kevResolve` at most, also where its band has no clock.
 */
export function slaWindow(severity: Severity, kev: boolean, table: SlaTable): SlaWindow {
  const row = table.windows[severity];
  if (!kev) return row;
  return { acknowledge: row.acknowledge, resolve: Math.min(row.resolve ?? table.kevResolve, table.kevResolve) };
}
