import { revokeToken } from "@/lib/commands/tokens/revoke";
import { endpoint } from "@/lib/doors/endpoint";
import { tokens } from "@/lib/doors/operations/tokens";
import { getToken } from "@/lib/queries/tokens";

export const POST = endpoint(tokens.revokeToken, async ({ actor, params, body }) => {
  const ended = await revokeToken(actor, { environment: params.env, token: params.id, ...body });
  return ended.ok ? getToken(actor, { environment: params.env, token: params.id }) : ended;
});
