import type { Job } from "@/lib/domain/jobs";
import { CHANGED, type LiveMessage } from "@/lib/domain/live";
import { sql, type Sql, type Tx } from "@/lib/db/client";

/** Puts jobs beside the decision, in its transaction. A relay hands them to the queue. Called by the gate alone. */
export async function enqueue(tx: Tx, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await tx.outbox.createMany({ data: jobs.map(({ name, payload }) => ({ job: name, payload })) });
}

/** The message of what an act changed, as a part of the statement that logs it: one row, however many findings moved. */
export function messageOf(changed: LiveMessage | null): Sql {
  return sql`INSERT INTO outbox (job, payload) SELECT ${CHANGED}, ${JSON.stringify(changed)}::jsonb WHERE ${changed !== null}`;
}
