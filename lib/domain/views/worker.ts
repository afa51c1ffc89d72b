import type { HealthWarning } from "@/lib/domain/worker/health";
import type { EnvironmentView, Instant, Me } from "./shell";

export type WorkerView = { id: string; host: string; process: number; startedAt: Instant; seenAt: Instant; isUp: boolean };

/** A kind of background job. `error` is told of those that belong to no environment; what went wrong in one's own stands with the job itself. */
export type JobView = { name: string; label: string; runs: number; lastSuccess: Instant | null; lastFailure: Instant | null; error: string | null; waiting: number; running: number; oldest: Instant | null };

/** A job that failed. `isDead`: it has used up its attempts, and waits for somebody. */
export type FailedJobView = { id: number; label: string; about: string | null; attempts: number; maxAttempts: number; isDead: boolean; nextAt: Instant; error: string };

export type Waiting = { waiting: number; oldest: Instant | null };
export type TrackerState = { id: number; name: string; state: "on" | "off" | "paused" | "patient"; until: Instant | null; lastOkAt: Instant | null; error: string | null };

/** A law of the records: `broken` counts to a hundred; null: it could not be looked at in time. */
export type InvariantView = { name: string; broken: number | null };

export type HealthPage = {
  environment: EnvironmentView; me: Me; now: Instant; warnings: readonly HealthWarning[]; workers: readonly WorkerView[]; jobs: readonly JobView[]; failed: readonly FailedJobView[];
  outbox: Waiting; imports: Waiting & { running: number; failed: number }; bulks: Waiting & { running: number }; mails: Waiting & { failed: number }; creations: Waiting; trackers: readonly TrackerState[];
  /** null: not looked at; it takes a while */
  invariants: readonly InvariantView[] | null;
};
