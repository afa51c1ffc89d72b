import { startBulk } from "@/lib/commands/bulks/steer";
import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(bulk.startPreviewedBulk, async ({ actor, params, body }) => {
  const done = await startBulk(actor, { environment: params.env, bulk: params.id, confirm: body.confirm });
  return done.ok ? ok({ bulk: { id: done.value.id, status: done.value.status, total: done.value.total } }) : done;
});
