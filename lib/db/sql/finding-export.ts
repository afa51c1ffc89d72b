import { z } from "zod";
import { openRawClient } from "@/lib/db/raw";
import { count } from "@/lib/db/rows";
import { sql } from "@/lib/db/client";
import { BESIDE_FINDING, FINDING_COLUMNS, findingRow } from "@/lib/db/sql/finding-row";
import { inTab, queueWhere, type Asking } from "@/lib/db/sql/queue-where";
import type { QueueFilter } from "@/lib/domain/views/alerts";

const exported = findingRow.extend({ description: z.string().nullable(), tickets: z.array(z.number()) });
export type ExportedFinding = z.output<typeof exported>;

/** What a filter leaves, as it stood at one moment: how many, and all of them by number as they are taken. Whoever opens it reads it to its end or closes it. */
export type Snapshot = { count: number; batches: () => AsyncGenerator<readonly ExportedFinding[]>; close: () => Promise<void> };

const BATCH = 500;
/** A reader that takes nothing for so long has gone. */
const PATIENCE = "10min";

/**
 * One connection, one snapshot, one cursor: memory holds a batch, whatever the size, and the rows are as many as was counted.
 * Columns and tables are fixed texts, values are bound.
 */
export async function openSnapshot(filter: QueueFilter, asking: Asking): Promise<Snapshot> {
  const client = await openRawClient();
  const close = () => client.end();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '${PATIENCE}'`);
    const where = sql`${queueWhere(filter, asking)} AND ${inTab(filter)}`;
    const counting = sql`SELECT count(*) AS n FROM finding f WHERE ${where}`;
    const [counted] = z.array(z.object({ n: count })).parse((await client.query({ text: counting.text, values: counting.values })).rows);
    const reading = sql`DECLARE exported NO SCROLL CURSOR FOR SELECT ${FINDING_COLUMNS}, x.description,
      ARRAY(SELECT t.number FROM ticket_finding tf JOIN ticket t ON t.id = tf.ticket_id WHERE tf.finding_id = f.id AND tf.unlinked_at IS NULL ORDER BY t.id) AS tickets FROM finding f ${BESIDE_FINDING}
      LEFT JOIN finding_detail x ON x.finding_id = f.id WHERE ${where} ORDER BY f.number`;
    await client.query({ text: reading.text, values: reading.values });
    return { count: counted?.n ?? 0, batches: () => read(client, close), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* read(client: Awaited<ReturnType<typeof openRawClient>>, close: () => Promise<void>): AsyncGenerator<readonly ExportedFinding[]> {
  try {
    for (;;) {
      const found = z.array(exported).parse((await client.query(`FETCH ${BATCH} FROM exported`)).rows);
      if (found.length > 0) yield found;
      if (found.length < BATCH) return;
    }
  } finally {
    await close();
  }
}
