import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { listBulks } from "@/lib/queries/bulk";

export const GET = endpoint(bulk.listBulks, ({ actor, params, query }) => listBulks(actor, { environment: params.env, ...query }));
