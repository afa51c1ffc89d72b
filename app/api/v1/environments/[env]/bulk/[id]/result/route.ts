import { endpoint } from "@/lib/doors/endpoint";
import { bulk } from "@/lib/doors/operations/bulk";
import { BULK_EXPORTS, bulkText } from "@/lib/domain/bulk/sheet";
import { ok } from "@/lib/domain/refusal";
import { exportBulk } from "@/lib/queries/bulk";

export const GET = endpoint(bulk.downloadBulk, async ({ actor, params, query: { format } }) => {
  const batches = await exportBulk(actor, { environment: params.env, bulk: params.id });
  return batches.ok ? ok({ name: `bulk-${params.id}.${format}`, type: BULK_EXPORTS[format], text: bulkText(format, batches.value) }) : batches;
});
