import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import type { BulkRecord } from "@/lib/domain/finding/bulk-action";

/** The id of a bulk action to come, so that its entries can name it. */
export async function reserveBulk(tx: Tx): Promise<number> {
  const found = await row(tx, z.object({ id: z.number() }), sql`SELECT nextval(pg_get_serial_sequence('bulk', 'id'))::int AS id`);
  if (!found) throw new Error("The database gave no id.");
  return found.id;
}

/** Writes what a bulk action did, once, when it is done. */
export async function insertBulk(
  tx: Tx,
  environment: number,
  bulk: BulkRecord,
  more: { actionId: string; action: unknown; by: { type: string; id: string; name: string } },
): Promise<void> {
  const { by } = more;
  await tx.$executeRaw(sql`
    INSERT INTO bulk (id, environment_id, status, action, action_id, undo_of, total, done, changed, skipped, undo_until, actor_type, actor_id, actor_name)
    VALUES (${bulk.id}, ${environment}, ${bulk.status}::bulk_status, ${JSON.stringify(more.action)}::jsonb, ${more.actionId}::uuid, ${bulk.undoOf},
      ${bulk.total}, ${bulk.done}, ${bulk.changed}, ${JSON.stringify(bulk.skipped)}::jsonb, ${bulk.undoUntil}::text::timestamptz,
      ${by.type}::actor_type, ${by.id}, ${by.name})`);
}
