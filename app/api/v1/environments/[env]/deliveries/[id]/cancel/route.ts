import { cancelDelivery } from "@/lib/commands/deliveries/cancel";
import { endpoint } from "@/lib/doors/endpoint";
import { connectors } from "@/lib/doors/operations/connectors";
import { getDelivery } from "@/lib/queries/deliveries";

export const POST = endpoint(connectors.cancelDelivery, async ({ actor, params }) => {
  const cancelled = await cancelDelivery(actor, { environment: params.env, delivery: params.id });
  return cancelled.ok ? getDelivery(actor, { environment: params.env, delivery: params.id }) : cancelled;
});
