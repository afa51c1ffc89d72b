import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { policyOf } from "@/lib/db/policy";
import { reserveBulk } from "@/lib/db/sql/bulk";
import { freezeAction } from "@/lib/db/sql/bulk-freeze";
import { fillFrozen, insertFrozen } from "@/lib/db/sql/bulk-frozen";
import { holdBulk, type StoredBulk } from "@/lib/db/sql/bulk-run";
import { numbersOfAction } from "@/lib/db/sql/finding-actions";
import { isUnderWay } from "@/lib/domain/bulk/words";
import { refusalOf } from "@/lib/domain/finding/batch";
import type { BulkRecord } from "@/lib/domain/finding/bulk-action";
import { number } from "@/lib/domain/finding/input";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { strangerRefusal } from "@/lib/gate/bulk-desk";
import { bulkChange } from "@/lib/gate/bulks";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { openDesk } from "@/lib/gate/findings";
import { withProofsTakenBack } from "@/lib/gate/follow-ups";
import { revertAll } from "@/lib/gate/reverts";

const input = z.object({ environment: number, bulk: number });

/** Up to this many findings are taken back at once, while the caller waits; more in the background. */
const AT_ONCE = 500;

/** Takes a whole bulk action back, as a bulk action of its own; what moved since is skipped with the reason. */
export function undoBulk(actor: Actor, raw: unknown): Promise<Result<BulkRecord>> {
  return commit(actor, { act: "finding.revert", input, work, timeout: 180_000 }, raw);
}

async function work(tx: Tx, { environment, bulk: id }: z.output<typeof input>, context: Context): Promise<Result<Change<BulkRecord>>> {
  const done = await holdBulk(tx, environment, id);
  if (!done || done.status === "previewed") return refuse("missing", `There is no bulk action ${id} here.`);
  const { decisions } = await policyOf(tx, environment);
  const refused = standsRefusal(done, context, decisions.undoHours);
  if (refused) return refused;
  return done.asOf !== null && done.changed + done.requested > AT_ONCE ? inBackground(tx, done, context, decisions.undoHours) : atOnce(tx, done, context);
}

function standsRefusal(done: StoredBulk, { actor, now }: Context, hours: number): Refused | null {
  if (isUnderWay(done)) return refuse("conflict", "It still runs.", { next: "Cancel it first: what is done can be taken back.", changes: [{ status: done.status }] });
  if (done.changed + done.requested === 0) return refuse("conflict", "It changed nothing: there is nothing to take back.");
  if (done.asOf === null) return null; // those at once are asked finding by finding
  if (done.undoUntil !== null && done.undoUntil <= now) return refuse("conflict", `A bulk action can be taken back for ${hours} hours.`, { next: "Decide anew instead." });
  return strangerRefusal(actor, done);
}

async function atOnce(tx: Tx, { id, environment, actionId }: StoredBulk, context: Context): Promise<Result<Change<BulkRecord>>> {
  const numbers = await numbersOfAction(tx, environment, actionId);
  const desk = await openDesk(tx, environment, numbers.map((one) => ({ number: one })));

  const batch = await revertAll(tx, desk, actionId, null, context);

  const refused = refusalOf(batch, false);
  if (refused) return refused;

  return withProofsTakenBack(tx, desk, actionId, batch, context, bulkChange(desk, batch, context, { id: await reserveBulk(tx), undoOf: id, action: { undo_of: id }, revokes: actionId }));
}

/** Freezes what it changed, each finding at the version that it left, and has a runner take them back. */
async function inBackground(tx: Tx, done: StoredBulk, context: Context, undoHours: number): Promise<Result<Change<BulkRecord>>> {
  const { environment } = done;
  const id = await reserveBulk(tx);
  const undoUntil = new Date(context.now.getTime() + undoHours * 3_600_000);
  const entry = { action: "bulk.started", record: { type: "bulk", number: id }, after: { undo_of: done.id, findings: done.changed + done.requested }, bulk: id, revokes: done.actionId } as const;
  return ok({
    trail: [entry],
    write: async (tx) => {
      await insertFrozen(tx, { id, environment, actionId: context.actionId, action: { undo_of: done.id }, filter: null, asOf: context.now, undoOf: done.id, by: context.actor });
      const total = await freezeAction(tx, { environment, bulk: id }, done.actionId);
      await fillFrozen(tx, id, { total, status: "queued", undoUntil });
      return { id, status: "queued", undoOf: done.id, total, done: 0, changed: 0, skipped: [], undoUntil: undoUntil.toISOString() };
    },
    jobs: [{ name: "run-bulk", payload: { bulk: id } }],
  });
}
