import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { listBulkItems } from "@/lib/queries/bulk";

export const GET = endpoint(bulk.listBulkItems, ({ actor, params, query }) => listBulkItems(actor, { environment: params.env, bulk: params.id, ...query }));
