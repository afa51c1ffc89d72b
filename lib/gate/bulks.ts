import { insertBulk, insertItems, type DoneItem } from "@/lib/db/sql/bulk";
import { writeMoves } from "@/lib/db/sql/finding-write";
import { BULK_CATEGORY_RULES, categoryOf } from "@/lib/domain/bulk/words";
import { outcomeOfBatch, writtenOf, type Batch } from "@/lib/domain/finding/batch";
import type { BulkRecord } from "@/lib/domain/finding/bulk-action";
import { entriesOf } from "@/lib/domain/finding/move";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Context, Decided } from "@/lib/gate/commit";
import type { Desk } from "@/lib/gate/findings";

/** The bulk action that a batch was: an entry per finding, one for the whole, and its record with what was skipped. */
export function bulkChange(
  desk: Desk,
  batch: Batch,
  context: Context,
  bulk: { id: number; undoOf: number | null; action: unknown; revokes?: string },
): Result<Decided<BulkRecord>> {
  const undoUntil = new Date(context.now.getTime() + desk.policy.decisions.undoHours * 3_600_000);
  const outcome = outcomeOfBatch(batch, context.actionId, undoUntil);
  const total = desk.known.length + desk.skipped.length;
  const changed = outcome.changed.length;
  const record: BulkRecord = { id: bulk.id, status: "completed", undoOf: bulk.undoOf, total, done: total, changed, skipped: outcome.skipped, undoUntil: outcome.undoUntil };
  const marks = { bulk: bulk.id, revokes: bulk.revokes ?? null };
  const completed = {
    action: "bulk.completed",
    record: { type: "bulk", number: bulk.id },
    after: { total, changed, skipped: outcome.skipped.length, requested: outcome.requested.length },
    ...marks,
  } as const;

  return ok({
    trail: [completed, ...writtenOf(batch).flatMap((move) => entriesOf(move, marks))],
    write: async (tx) => {
      await writeMoves(tx, desk.environment, writtenOf(batch), { ...context.actor, actionId: context.actionId, revokes: bulk.revokes ?? null });
      await insertBulk(tx, desk.environment, record, { actionId: context.actionId, action: bulk.action, requested: batch.requested.length, by: context.actor });
      await insertItems(tx, desk.environment, bulk.id, itemsOf(desk, batch, bulk.undoOf !== null));
      return record;
    },
  });
}

/** What became of each finding that is here: what an undo finds otherwise than it was left has moved since. Numbers that are not stand in the record alone. */
function itemsOf(desk: Desk, batch: Batch, isUndo: boolean): DoneItem[] {
  const here = new Map(desk.known.map(({ id, state }) => [state.number, { id, version: state.version }]));
  const plain = (numbers: readonly number[], left: Omit<DoneItem, "id" | "version">) => numbers.flatMap((number): DoneItem[] => {
    const known = here.get(number);
    return known ? [{ ...known, ...left }] : [];
  });
  return [
    ...plain(batch.moves.map(({ finding }) => finding.state.number), { outcome: null, code: null, why: null }),
    ...plain(batch.requested.map(({ finding }) => finding.state.number), { outcome: "requested", code: "approval", why: BULK_CATEGORY_RULES.approval.todo }),
    ...batch.skipped.flatMap(({ number, refusal }) => plain([number], { outcome: "skipped", code: isUndo && refusal.code === "conflict" ? "moved" : categoryOf(refusal), why: refusal.message })),
  ];
}
