import { removeConnector } from "@/lib/commands/connectors/remove";
import { saveConnector } from "@/lib/commands/connectors/save";
import { endpoint } from "@/lib/doors/endpoint";
import { connectors } from "@/lib/doors/operations/connectors";
import { getConnector } from "@/lib/queries/connectors";

export const GET = endpoint(connectors.getConnector, ({ actor, params }) => getConnector(actor, { environment: params.env, connector: params.id }));

export const PUT = endpoint(connectors.changeConnector, async ({ actor, params, body, version }) => {
  const saved = await saveConnector(actor, { environment: params.env, id: params.id, ...body, version: body.version ?? version ?? undefined });
  return saved.ok ? getConnector(actor, { environment: params.env, connector: params.id }) : saved;
});

export const DELETE = endpoint(connectors.removeConnector, ({ actor, params }) => removeConnector(actor, { environment: params.env, connector: params.id }));
