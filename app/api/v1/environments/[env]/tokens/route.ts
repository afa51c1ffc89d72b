import { endpoint } from "@/lib/doors/endpoint";
import { tokens } from "@/lib/doors/operations/tokens";
import { listTokens } from "@/lib/queries/tokens";

export const GET = endpoint(tokens.listTokens, ({ actor, params }) => listTokens(actor, { environment: params.env }));
