import { exportFindings } from "@/lib/commands/findings/export";
import { endpoint } from "@/lib/doors/endpoint";
import { findings } from "@/lib/doors/operations/findings";
import { site } from "@/lib/doors/site";
import { FINDING_EXPORTS, findingsText } from "@/lib/domain/finding/sheet-out";
import { ok } from "@/lib/domain/refusal";
import { exportedRecords } from "@/lib/queries/finding-export";

export const GET = endpoint(findings.exportFindings, async ({ actor, params, query: { format, ...filter } }) => {
  const found = await exportFindings(actor, { environment: params.env, filter, format });
  if (!found.ok) return found;
  const records = exportedRecords(found.value.batches, { environment: params.env, now: found.value.now, site: site() });
  return ok({ name: `findings.${format}`, type: FINDING_EXPORTS[format], text: findingsText(format, records) });
});
