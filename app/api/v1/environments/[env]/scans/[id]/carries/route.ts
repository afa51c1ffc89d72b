import { carryAll } from "@/lib/commands/findings/carry";
import { endpoint } from "@/lib/doors/endpoint";
import { carries } from "@/lib/doors/operations/carries";
import { ok } from "@/lib/domain/refusal";

export const POST = endpoint(carries.carryAllOfScan, async ({ actor, params: { env, id } }) => {
  const done = await carryAll(actor, { environment: env, scan: id });
  return done.ok ? ok({ bulk: { id: done.value.id } }) : done;
});
