import { z } from "zod";
import { sql, type Tx } from "@/lib/db/client";
import { row } from "@/lib/db/rows";
import type { BulkCategory } from "@/lib/domain/bulk/words";
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
  more: { actionId: string; action: unknown; requested: number; by: { type: string; id: string; name: string } },
): Promise<void> {
  const { by } = more;
  await tx.$executeRaw(sql`
    INSERT INTO bulk (id, environment_id, status, action, action_id, undo_of, total, done, changed, requested, reached, skipped, undo_until, actor_type, actor_id, actor_name)
    VALUES (${bulk.id}, ${environment}, ${bulk.status}::bulk_status, ${JSON.stringify(more.action)}::jsonb, ${more.actionId}::uuid, ${bulk.undoOf},
      ${bulk.total}, ${bulk.done}, ${bulk.changed}, ${more.requested}, 2147483647, ${JSON.stringify(bulk.skipped)}::jsonb, ${bulk.undoUntil}::text::timestamptz,
      ${by.type}::actor_type, ${by.id}, ${by.name})`);
}

export type DoneItem = { id: number; version: number; outcome: "requested" | "skipped" | null; code: BulkCategory | null; why: string | null };

/** What became of each finding of a bulk action that was done at once. */
export async function insertItems(tx: Tx, environment: number, bulk: number, items: readonly DoneItem[]): Promise<void> {
  if (items.length === 0) return;
  await tx.$executeRaw(sql`
    INSERT INTO bulk_item (environment_id, bulk_id, finding_id, version, outcome, code, why)
    SELECT ${environment}, ${bulk}, g.id, g.version, g.outcome, g.code, g.why
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS g(id int, version int, outcome bulk_outcome, code text, why text)`);
}
