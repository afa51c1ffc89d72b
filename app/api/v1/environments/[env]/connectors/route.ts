import { saveConnector } from "@/lib/commands/connectors/save";
import { endpoint } from "@/lib/doors/endpoint";
import { connectors } from "@/lib/doors/operations/connectors";
import { getConnector, listConnectors } from "@/lib/queries/connectors";

export const GET = endpoint(connectors.listConnectors, ({ actor, params }) => listConnectors(actor, { environment: params.env }));

export const POST = endpoint(connectors.createConnector, async ({ actor, params, body }) => {
  const saved = await saveConnector(actor, { environment: params.env, ...body });
  return saved.ok ? getConnector(actor, { environment: params.env, connector: saved.value.id }) : saved;
});
