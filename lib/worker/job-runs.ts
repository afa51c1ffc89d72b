import type { TaskList } from "graphile-worker";
import { prisma, sql } from "@/lib/db/client";

const LONGEST = 2_000;

/** The same tasks; how each run went is kept by name, one row each. A run that cannot be kept counts for the queue all the same. */
export function noted(tasks: TaskList): TaskList {
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, async (...given: Parameters<NonNullable<typeof task>>) => {
    try {
      const answer = await task?.(...given);
      await went(name, null);
      return answer;
    } catch (error) {
      await went(name, (error instanceof Error ? error.message : String(error)).slice(0, LONGEST) || "It says nothing.");
      throw error;
    }
  }]));
}

async function went(name: string, error: string | null): Promise<void> {
  await prisma.$executeRaw(sql`
    INSERT INTO job_run AS r (name, runs, failures, last_success, last_failure, last_error)
    VALUES (${name}, 1, ${error === null ? 0 : 1}, CASE WHEN ${error === null} THEN now() END, CASE WHEN ${error !== null} THEN now() END, ${error})
    ON CONFLICT (name) DO UPDATE SET runs = r.runs + 1, failures = r.failures + excluded.failures, last_success = coalesce(excluded.last_success, r.last_success),
      last_failure = coalesce(excluded.last_failure, r.last_failure), last_error = coalesce(excluded.last_error, r.last_error)`).catch(() => 0);
}
