import { dismissCarry } from "@/lib/commands/findings/carry";
import { endpoint } from "@/lib/doors/endpoint";
import { carries } from "@/lib/doors/operations/carries";
import { getCarry } from "@/lib/queries/carries";

export const POST = endpoint(carries.dismissCarry, async ({ actor, params: { env, id } }) => {
  const done = await dismissCarry(actor, { environment: env, carry: id });
  return done.ok ? getCarry(actor, { environment: env, id }) : done;
});
