import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { getBulk } from "@/lib/queries/bulk";

export const GET = endpoint(bulk.getBulk, ({ actor, params }) => getBulk(actor, { environment: params.env, bulk: params.id }));
