import type { Job } from "@/lib/domain/jobs";
import { CHANGED, type LiveMessage } from "@/lib/domain/live";
import { sql, type Sql, type Tx } from "@/lib/db/client";

/** Puts jobs beside the decision, in its transaction. A relay hands them to the queue. Called by the gate alone. */
export async function enqueue(tx: Tx, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await tx.outbox.createMany({ data: jobs.map(({ name, payload }) => ({ job: name, payload })) });
}

/** What leaves with the log of an act: the message of what it changed, and the jobs that follow from its entries. */
export type Leaving = { changed: LiveMessage | null; jobs: readonly Job[] };

/** What leaves, as a part of the statement that logs the act: a row for each, however many findings moved. */
export function leaving({ changed, jobs }: Leaving): Sql {
  const rows = [...(changed ? [{ job: CHANGED, payload: changed }] : []), ...jobs.map(({ name, payload }) => ({ job: name, payload }))];
  return sql`INSERT INTO outbox (job, payload) SELECT job, payload FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS o(job text, payload jsonb)`;
}

/** The message of a change that has no entry in the log. */
export async function announce(tx: Tx, changed: LiveMessage): Promise<void> {
  await tx.$executeRaw(leaving({ changed, jobs: [] }));
}
