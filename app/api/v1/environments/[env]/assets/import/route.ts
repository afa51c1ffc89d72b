import { importAssets } from "@/lib/commands/assets/import";
import { endpoint } from "@/lib/doors/endpoint";
import { assets } from "@/lib/doors/operations/assets";
import { incoming } from "@/lib/doors/upload";

export const POST = endpoint(assets.importAssets, async ({ actor, params, query, request }) => {
  const sheet = incoming(request);
  return sheet.ok ? importAssets(actor, { environment: params.env, dryRun: query.dry_run, expects: query.expects, name: query.filename }, sheet.value.bytes) : sheet;
});
