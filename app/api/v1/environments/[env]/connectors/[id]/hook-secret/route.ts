import { rotateHookSecret } from "@/lib/commands/connectors/rotate-hook-secret";
import { endpoint } from "@/lib/doors/endpoint";
import { connectors } from "@/lib/doors/operations/connectors";

export const POST = endpoint(connectors.rotateHookSecret, ({ actor, params }) => rotateHookSecret(actor, { environment: params.env, connector: params.id }));
