import { createAsset } from "@/lib/commands/assets/create";
import { endpoint } from "@/lib/doors/endpoint";
import { assets } from "@/lib/doors/operations/assets";
import { withSite } from "@/lib/doors/site";
import { factsOfBody } from "@/lib/domain/asset/input";
import { ok } from "@/lib/domain/refusal";
import { getAsset, listAssets } from "@/lib/queries/rest-assets";

export const GET = endpoint(assets.listAssets, async ({ actor, params, query: { limit, cursor, ...filter } }) => {
  const list = await listAssets(actor, { environment: params.env, filter, limit, cursor });
  return list.ok ? ok({ ...list.value, items: list.value.items.map(withSite) }) : list;
});

export const POST = endpoint(assets.createAsset, async ({ actor, params, body }) => {
  const made = await createAsset(actor, { ...factsOfBody(body), environment: params.env });
  const asset = made.ok ? await getAsset(actor, { environment: params.env, id: made.value.id }) : made;
  return asset.ok ? ok(withSite(asset.value)) : asset;
});
