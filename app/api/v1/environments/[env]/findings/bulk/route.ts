import { bulk as start } from "@/lib/commands/findings/bulk";
import { inOwnWords } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(bulk.startBulk, async ({ actor, params, body }) => {
  const items = body.selection.numbers.map((number) => ({ number }));
  const started = await start(actor, { environment: params.env, items, action: inOwnWords(body.action), note: body.note });
  return started.ok ? ok({ bulk: { id: started.value.id } }) : started;
});
