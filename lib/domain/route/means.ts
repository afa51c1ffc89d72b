import type { Route } from "@/lib/domain/finding/words";

/** What each route says of the work. */
export const ROUTE_MEANS = {
  ticket: "It becomes a ticket of its owner.",
  sprint_batch: "It goes into the backlog of the next sprint.",
  quarterly_batch: "It goes into the next quarterly cycle.",
  record_only: "It stays on the security record alone.",
  paused: "It waits: nobody owns it, or it is not triaged or calibrated yet.",
} as const satisfies Record<Route, string>;
