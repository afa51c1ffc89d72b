import { endpoint } from "@/lib/doors/endpoint";
import { connectors } from "@/lib/doors/operations/connectors";
import { listDeliveries } from "@/lib/queries/deliveries";

export const GET = endpoint(connectors.listDeliveries, ({ actor, params, query }) =>
  listDeliveries(actor, { environment: params.env, tab: query.tab, connector: query.connector ?? null, cursor: query.cursor ?? null, limit: query.limit }));
