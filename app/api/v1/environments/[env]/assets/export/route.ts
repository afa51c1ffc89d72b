import { endpoint } from "@/lib/doors/endpoint";
import { assets } from "@/lib/doors/operations/assets";
import { site } from "@/lib/doors/site";
import { ASSET_EXPORTS, exportText } from "@/lib/domain/asset/sheet-out";
import { ok } from "@/lib/domain/refusal";
import { exportAssets } from "@/lib/queries/rest-assets";

export const GET = endpoint(assets.exportAssets, async ({ actor, params, query: { format, ...filter } }) => {
  const batches = await exportAssets(actor, { environment: params.env, filter, site: site() });
  return batches.ok ? ok({ name: `assets.${format}`, type: ASSET_EXPORTS[format], text: exportText(format, batches.value) }) : batches;
});
