import type { HealthRecord } from "@/lib/domain/records/health";
import { ok, type Result } from "@/lib/domain/refusal";
import type { HealthPage } from "@/lib/domain/views/worker";
import type { Actor } from "@/lib/gate/actor";
import { workerHealth } from "@/lib/queries/worker-health";

/** How the work in the background is, as outsiders read it: `{environment, laws?}`. */
export async function healthOf(actor: Actor, raw: unknown): Promise<Result<HealthRecord>> {
  const page = await workerHealth(actor, raw);
  return page.ok ? ok(recordOf(page.value)) : page;
}

function recordOf({ now, warnings, workers, jobs, failed, outbox, imports, bulks, mails, creations, trackers, invariants }: HealthPage): HealthRecord {
  return {
    at: now, warnings: [...warnings], outbox, imports, bulks, mails, creations, invariants: invariants === null ? null : [...invariants],
    workers: workers.map(({ startedAt, seenAt, isUp, ...worker }) => ({ ...worker, started_at: startedAt, seen_at: seenAt, is_up: isUp })),
    jobs: jobs.map(({ lastSuccess, lastFailure, ...job }) => ({ ...job, last_success: lastSuccess, last_failure: lastFailure })),
    failed: failed.map(({ maxAttempts, isDead, nextAt, ...job }) => ({ ...job, max_attempts: maxAttempts, is_dead: isDead, next_at: nextAt })),
    trackers: trackers.map(({ lastOkAt, ...tracker }) => ({ ...tracker, last_ok_at: lastOkAt })),
  };
}
