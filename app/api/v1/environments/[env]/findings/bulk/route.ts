import { prepareBulk } from "@/lib/commands/bulks/prepare";
import { bulk as start } from "@/lib/commands/findings/bulk";
import { inOwnWords } from "@/lib/doors/decision-body";
import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(bulk.startBulk, async ({ actor, params, body: { selection, action, note, confirm, preview } }) => {
  const asked = { environment: params.env, action: inOwnWords(action), note };
  const which = "filter" in selection ? { filter: selection.filter } : { items: selection.numbers.map((number) => ({ number })) };
  const expected = "filter" in selection ? selection.expected : null;
  const atOnce = "items" in which && !preview;
  const started = atOnce ? await start(actor, { ...asked, ...which, confirm }) : await prepareBulk(actor, { ...asked, ...which, start: !preview, confirm: confirm ?? expected });
  return started.ok ? ok({ bulk: { id: started.value.id, status: started.value.status, total: started.value.total } }) : started;
});
