import { z } from "zod";
import { hasQueue, holdFailedJob, rescheduleJob } from "@/lib/db/sql/worker-health";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import { jobLabel } from "@/lib/domain/worker/health";
import type { Actor } from "@/lib/gate/actor";
import { commit } from "@/lib/gate/commit";

const input = z.object({ environment: z.number().int().positive().max(2_147_483_647), job: z.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

/** Tries a background job again that has used up its attempts, `{environment, job}`. One that will be tried by itself is left alone. */
export function retryJob(actor: Actor, raw: unknown): Promise<Result<{ job: number }>> {
  return commit(actor, {
    act: "worker.steer", input,
    work: async (tx, { environment, job }) => {
      const held = (await hasQueue(tx)) ? await holdFailedJob(tx, environment, job) : null;
      if (!held) return refuse("missing", `There is no failed job ${job} here.`);
      if (!held.isDead) return refuse("conflict", "It is tried again by itself.", { next: "Wait for its next attempt." });
      return ok({
        trail: [{ action: "job.retried", record: { type: "job", number: job }, after: { name: held.name, about: held.about, attempts: held.attempts }, reason: `${jobLabel(held.name)}: ${held.error}`.slice(0, 1_000) }],
        write: async (within) => {
          await rescheduleJob(within, job);
          return { job };
        },
      });
    },
  }, raw);
}
