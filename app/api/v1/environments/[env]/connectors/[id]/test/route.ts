import { recordTest } from "@/lib/commands/connectors/record-test";
import { endpoint } from "@/lib/doors/endpoint";
import { connectors } from "@/lib/doors/operations/connectors";
import { lineOf, tryConnector } from "@/lib/doors/try-connector";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(connectors.testConnector, async ({ actor, params }) => {
  const at = { environment: params.env, connector: params.id };
  const tried = await tryConnector(actor, at);
  if (!tried.ok) return tried;
  const kept = await recordTest(actor, { ...at, ok: tried.value.ok, detail: lineOf(tried.value) });
  return kept.ok ? ok({ ok: tried.value.ok, checks: [...tried.value.checks] }) : kept;
});
