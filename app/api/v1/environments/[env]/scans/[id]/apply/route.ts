import { applyPreview } from "@/lib/commands/scans/settle";
import { endpoint } from "@/lib/doors/endpoint";
import { scans } from "@/lib/doors/operations/scans";
import { withSite } from "@/lib/doors/site";
import { ok } from "@/lib/domain/refusal";
import { getScan } from "@/lib/queries/rest-scans";

export const POST = endpoint(scans.applyScan, async ({ actor, params, body }) => {
  const done = await applyPreview(actor, { environment: params.env, scan: params.id, ...body });
  const scan = done.ok ? await getScan(actor, { environment: params.env, id: params.id }) : done;
  return scan.ok ? ok(withSite(scan.value)) : scan;
});
