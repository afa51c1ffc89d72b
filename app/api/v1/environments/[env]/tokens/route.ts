import { createToken } from "@/lib/commands/tokens/create";
import { endpoint } from "@/lib/doors/endpoint";
import { tokens } from "@/lib/doors/operations/tokens";
import { ok } from "@/lib/domain/refusal";
import { getToken, listTokens } from "@/lib/queries/tokens";

export const GET = endpoint(tokens.listTokens, ({ actor, params }) => listTokens(actor, { environment: params.env }));

export const POST = endpoint(tokens.createToken, async ({ actor, params, body }) => {
  const made = await createToken(actor, { environment: params.env, ...body });
  if (!made.ok) return made;
  const record = await getToken(actor, { environment: params.env, token: made.value.id });
  return record.ok ? ok({ ...record.value, token: made.value.token }) : record;
});
