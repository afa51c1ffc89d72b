import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { reserveBulk } from "@/lib/db/sql/bulk";
import { numbersOfAction } from "@/lib/db/sql/finding-actions";
import { refusalOf } from "@/lib/domain/finding/batch";
import type { BulkRecord } from "@/lib/domain/finding/bulk-action";
import { number } from "@/lib/domain/finding/input";
import { refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { bulkChange } from "@/lib/gate/bulks";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { openDesk } from "@/lib/gate/findings";
import { revertAll } from "@/lib/gate/reverts";

const input = z.object({ environment: number, bulk: number });

/** Takes a whole bulk action back, as a bulk action of its own; what moved since is skipped with the reason. */
export function undoBulk(actor: Actor, raw: unknown): Promise<Result<BulkRecord>> {
  return commit(actor, { act: "finding.revert", input, work, timeout: 180_000 }, raw);
}

async function work(tx: Tx, { environment, bulk: id }: z.output<typeof input>, context: Context): Promise<Result<Change<BulkRecord>>> {
  const done = await tx.bulk.findUnique({ where: { environmentId_id: { environmentId: environment, id } }, select: { actionId: true, changed: true } });
  if (!done) return refuse("missing", `There is no bulk action ${id} here.`);
  if (done.changed === 0) return refuse("conflict", "It changed nothing: there is nothing to take back.");
  const numbers = await numbersOfAction(tx, environment, done.actionId);
  const desk = await openDesk(tx, environment, numbers.map((one) => ({ number: one })));

  const batch = await revertAll(tx, desk, done.actionId, null, context);

  const refused = refusalOf(batch, false);
  if (refused) return refused;

  return bulkChange(desk, batch, context, { id: await reserveBulk(tx), undoOf: id, action: { undo_of: id }, revokes: done.actionId });
}
