import { endpoint } from "@/lib/doors/endpoint";
import { scans } from "@/lib/doors/operations/scans";
import { withSite } from "@/lib/doors/site";
import { ok } from "@/lib/domain/refusal";
import { getScan } from "@/lib/queries/rest-scans";

export const GET = endpoint(scans.getScan, async ({ actor, params }) => {
  const scan = await getScan(actor, { environment: params.env, id: params.id });
  return scan.ok ? ok(withSite(scan.value)) : scan;
});
