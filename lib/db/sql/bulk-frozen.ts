import { sql, type Tx } from "@/lib/db/client";
import type { BulkStatus } from "@/lib/domain/bulk/words";

type Signer = { type: string; id: string; name: string; personId: number | null; requestId: string };
export type NewBulk = { id: number; environment: number; actionId: string; action: unknown; filter: unknown; asOf: Date; undoOf: number | null; by: Signer };

/** The record of a bulk action whose set is about to be frozen. */
export async function insertFrozen(tx: Tx, { id, environment, actionId, action, filter, asOf, undoOf, by }: NewBulk): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO bulk (id, environment_id, status, action, action_id, undo_of, total, done, changed, filter, as_of, actor_type, actor_id, actor_name, person_id, request_id)
    VALUES (${id}, ${environment}, 'previewed', ${JSON.stringify(action)}::jsonb, ${actionId}::uuid, ${undoOf}, 0, 0, 0,
      ${filter === null ? null : JSON.stringify(filter)}::jsonb, ${asOf.toISOString()}::text::timestamptz,
      ${by.type}::actor_type, ${by.id}, ${by.name}, ${by.personId}, ${by.requestId})`);
}

/** How many it froze, and whether it waits for its runner or for a confirmation. */
export async function fillFrozen(tx: Tx, id: number, { total, status, undoUntil }: { total: number; status: BulkStatus; undoUntil: Date }): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE bulk SET total = ${total}, status = ${status}::bulk_status, undo_until = ${undoUntil.toISOString()}::text::timestamptz WHERE id = ${id}`);
}
