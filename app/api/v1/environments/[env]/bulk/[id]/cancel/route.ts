import { cancelBulk } from "@/lib/commands/bulks/steer";
import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(bulk.cancelBulk, async ({ actor, params }) => {
  const done = await cancelBulk(actor, { environment: params.env, bulk: params.id });
  return done.ok ? ok({ bulk: { id: done.value.id, status: done.value.status, total: done.value.total } }) : done;
});
