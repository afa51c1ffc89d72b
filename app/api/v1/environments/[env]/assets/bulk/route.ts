import { changeAssets } from "@/lib/commands/assets/change";
import { endpoint } from "@/lib/doors/endpoint";
import { assets } from "@/lib/doors/operations/assets";
import { factsOfBody } from "@/lib/domain/asset/input";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(assets.changeAssets, async ({ actor, params, body: { items, change, note } }) => {
  const done = await changeAssets(actor, { environment: params.env, items, change: factsOfBody(change), note });
  if (!done.ok) return done;
  const { actionId, changed, same, skipped } = done.value;
  return ok({ action: changed.length > 0 ? actionId : null, changed: [...changed], same: [...same], skipped: [...skipped] });
});
