import { retestAfter } from "@/app/api/v1/retest-after";
import { requestRetests } from "@/lib/commands/retests/request";
import { endpoint } from "@/lib/doors/endpoint";
import { remediation } from "@/lib/doors/operations/remediation";

export const POST = endpoint(remediation.requestRetest, async ({ actor, params: { env: environment }, body }) => {
  const done = await requestRetests(actor, { environment, items: [body.finding], dueAt: body.due_at?.toISOString(), note: body.note });
  return retestAfter(actor, environment, done.ok ? { ok: true, value: { id: done.value.retests[0]?.id ?? 0 } } : done);
});
