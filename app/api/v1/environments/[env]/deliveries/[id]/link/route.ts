import { linkByHand } from "@/lib/commands/deliveries/link-by-hand";
import { endpoint } from "@/lib/doors/endpoint";
import { connectors } from "@/lib/doors/operations/connectors";
import { getDelivery } from "@/lib/queries/deliveries";

export const POST = endpoint(connectors.linkDelivery, async ({ actor, params, body }) => {
  const found = await getDelivery(actor, { environment: params.env, delivery: params.id });
  if (!found.ok) return found;
  const linked = await linkByHand(actor, { environment: params.env, ticket: found.value.ticket, ...body });
  return linked.ok ? getDelivery(actor, { environment: params.env, delivery: params.id }) : linked;
});
