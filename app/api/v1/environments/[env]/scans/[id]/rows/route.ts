import { endpoint } from "@/lib/doors/endpoint";
import { scans } from "@/lib/doors/operations/scans";
import { rowsOfScan } from "@/lib/queries/rest-scan-preview";

export const GET = endpoint(scans.scanRows, ({ actor, params, query }) => rowsOfScan(actor, { environment: params.env, scan: params.id, ...query }));
