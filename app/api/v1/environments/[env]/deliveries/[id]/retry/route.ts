import { retryDelivery } from "@/lib/commands/deliveries/retry";
import { endpoint } from "@/lib/doors/endpoint";
import { connectors } from "@/lib/doors/operations/connectors";
import { getDelivery } from "@/lib/queries/deliveries";

export const POST = endpoint(connectors.retryDelivery, async ({ actor, params, body }) => {
  const again = await retryDelivery(actor, { environment: params.env, delivery: params.id, insist: body.insist });
  return again.ok ? getDelivery(actor, { environment: params.env, delivery: params.id }) : again;
});
