import { requestScan } from "@/lib/commands/scans/request";
import { endpoint } from "@/lib/doors/endpoint";
import { scans } from "@/lib/doors/operations/scans";
import { withSite } from "@/lib/doors/site";
import { incoming } from "@/lib/doors/upload";
import { ok } from "@/lib/domain/refusal";
import { scanRequest } from "@/lib/domain/scan/input";
import { listScans } from "@/lib/queries/rest-scans";
import { importedScan } from "@/lib/queries/scan-settled";

/** A handler may take a minute where the sender waits for the end. */
export const maxDuration = 120;

export const POST = endpoint(scans.importScan, async ({ actor, params, query, request }) => {
  const report = incoming(request);
  const asked = report.ok ? await requestScan(actor, scanRequest(params.env, query), report.value) : report;
  if (!asked.ok) return asked;
  const scan = await importedScan(actor, { environment: params.env, id: asked.value.scan }, query.wait ? 60_000 : 0);
  return scan.ok ? ok({ scan: withSite(scan.value) }) : scan;
});

export const GET = endpoint(scans.listScans, async ({ actor, params, query }) => {
  const list = await listScans(actor, { environment: params.env, ...query });
  return list.ok ? ok({ ...list.value, items: list.value.items.map(withSite) }) : list;
});
