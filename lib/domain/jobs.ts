import { z } from "zod";

/** Background jobs by name, each with the shape of its payload. Written to the outbox by the transaction that decides. */
export const JOBS = {
  "run-import": z.object({ scan: z.number().int().positive() }),
  "run-bulk": z.object({ bulk: z.number().int().positive() }),
  "expire-acceptances": z.object({}),
  "enrich-findings": z.object({}),
  "deliver-tickets": z.object({ connector: z.number().int().positive() }),
  "read-hooks": z.object({ connector: z.number().int().positive() }),
  "poll-tracker": z.object({ connector: z.number().int().positive() }),
  "tell-people": z.object({ environment: z.number().int().positive(), actions: z.array(z.uuid()).min(1).max(1_000) }),
  "send-mail": z.object({}),
} as const;

export type JobName = keyof typeof JOBS;

/** A job as it is enqueued: its name and what that name asks for. */
export type Job = { [Name in JobName]: { name: Name; payload: z.output<(typeof JOBS)[Name]> } }[JobName];

/** How many times a job is tried before somebody has to look at it. */
export const JOB_ATTEMPTS = 10;

/** Jobs that others go before: people wait for an import, a message may come a little later. */
export const LATER_JOBS: readonly JobName[] = ["tell-people", "send-mail"];
