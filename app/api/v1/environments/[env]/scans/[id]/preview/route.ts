import { endpoint } from "@/lib/doors/endpoint";
import { scans } from "@/lib/doors/operations/scans";
import { previewOfScan } from "@/lib/queries/rest-scan-preview";

export const GET = endpoint(scans.previewScan, ({ actor, params, query }) => previewOfScan(actor, { environment: params.env, scan: params.id, ...query }));
