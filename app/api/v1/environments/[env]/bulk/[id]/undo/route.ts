import { undoBulk } from "@/lib/commands/findings/undo-bulk";
import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(bulk.undoBulk, async ({ actor, params }) => {
  const undone = await undoBulk(actor, { environment: params.env, bulk: params.id });
  return undone.ok ? ok({ bulk: { id: undone.value.id, undo_of: undone.value.undoOf } }) : undone;
});
