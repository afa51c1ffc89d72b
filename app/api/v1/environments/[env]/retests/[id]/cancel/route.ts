import { retestAfter } from "@/app/api/v1/retest-after";
import { cancelRetest } from "@/lib/commands/retests/cancel";
import { endpoint } from "@/lib/doors/endpoint";
import { remediation } from "@/lib/doors/operations/remediation";
import { retest } from "@/lib/queries/retests";

export const POST = endpoint(remediation.cancelRetest, async ({ actor, params: { env: environment, id }, body }) => {
  const asked = await retest(actor, { environment, id });
  return asked.ok ? retestAfter(actor, environment, await cancelRetest(actor, { environment, finding: asked.value.finding, retest: id, ...body })) : asked;
});
