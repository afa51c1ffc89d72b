import { revertAssets } from "@/lib/commands/assets/revert";
import { endpoint } from "@/lib/doors/endpoint";
import { assets } from "@/lib/doors/operations/assets";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(assets.revertAssets, async ({ actor, params, body: { action, event, ids, note } }) => {
  const done = await revertAssets(actor, { environment: params.env, actionId: action, event, assets: ids, note });
  if (!done.ok) return done;
  const { actionId, changed, skipped } = done.value;
  return ok({ action: changed.length > 0 ? actionId : null, changed: [...changed], same: [], skipped: [...skipped] });
});
