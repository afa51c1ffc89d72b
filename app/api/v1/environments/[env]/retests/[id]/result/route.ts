import { retestAfter } from "@/app/api/v1/retest-after";
import { settleRetest } from "@/lib/commands/retests/settle";
import { endpoint } from "@/lib/doors/endpoint";
import { remediation } from "@/lib/doors/operations/remediation";
import { retest } from "@/lib/queries/retests";

export const POST = endpoint(remediation.settleRetest, async ({ actor, params: { env: environment, id }, body }) => {
  const asked = await retest(actor, { environment, id });
  return asked.ok ? retestAfter(actor, environment, await settleRetest(actor, { environment, finding: asked.value.finding, retest: id, ...body })) : asked;
});
