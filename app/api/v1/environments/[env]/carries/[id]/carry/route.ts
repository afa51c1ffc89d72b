import { carryDecision } from "@/lib/commands/findings/carry";
import { endpoint } from "@/lib/doors/endpoint";
import { carries } from "@/lib/doors/operations/carries";
import { ok } from "@/lib/domain/refusal";
import { getCarry } from "@/lib/queries/carries";

export const POST = endpoint(carries.carryDecision, async ({ actor, params: { env, id }, body }) => {
  const done = await carryDecision(actor, { environment: env, items: [{ carry: id, version: body.version, fromVersion: body.from_version }], strict: true });
  const carry = done.ok ? await getCarry(actor, { environment: env, id }) : done;
  return carry.ok && done.ok ? ok({ ...carry.value, action_id: done.value.actionId, requested: done.value.requested.length > 0 }) : carry;
});
