import type { Job } from "@/lib/domain/jobs";
import type { Tx } from "@/lib/db/client";

/** Puts jobs beside the decision, in its transaction. A relay hands them to the queue. Called by the gate alone. */
export async function enqueue(tx: Tx, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await tx.outbox.createMany({ data: jobs.map(({ name, payload }) => ({ job: name, payload })) });
}
