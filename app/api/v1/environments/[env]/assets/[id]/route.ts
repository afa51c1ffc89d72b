import { changeAssets } from "@/lib/commands/assets/change";
import { endpoint } from "@/lib/doors/endpoint";
import { assets } from "@/lib/doors/operations/assets";
import { withSite } from "@/lib/doors/site";
import { factsOfBody } from "@/lib/domain/asset/input";
import { ok } from "@/lib/domain/refusal";
import { getAsset } from "@/lib/queries/rest-assets";

export const GET = endpoint(assets.getAsset, async ({ actor, params }) => {
  const asset = await getAsset(actor, { environment: params.env, id: params.id });
  return asset.ok ? ok(withSite(asset.value)) : asset;
});

export const PATCH = endpoint(assets.changeAsset, async ({ actor, params, version, body }) => {
  const { note, version: seen, ...change } = factsOfBody(body);
  const asked = { environment: params.env, items: [{ id: params.id, version: seen ?? version }], change, note, strict: true };
  const done = await changeAssets(actor, asked);
  const asset = done.ok ? await getAsset(actor, { environment: params.env, id: params.id }) : done;
  return asset.ok ? ok(withSite(asset.value)) : asset;
});
