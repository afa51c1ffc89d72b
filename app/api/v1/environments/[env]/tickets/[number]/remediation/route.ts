import { moveRemediation } from "@/lib/commands/tickets/move-remediation";
import { endpoint } from "@/lib/doors/endpoint";
import { remediation } from "@/lib/doors/operations/remediation";

export const POST = endpoint(remediation.moveRemediation, async ({ actor, params: { env: environment, number: ticket }, body: { auto_retest: autoRetest, ...body } }) => {
  const moved = await moveRemediation(actor, { environment, ticket, autoRetest, ...body });
  return moved.ok ? { ok: true, value: { ...moved.value, findings: [...moved.value.findings] } } : moved;
});
