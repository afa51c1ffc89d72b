import { exportFindings } from "@/lib/commands/findings/export";
import { downloaded } from "@/lib/doors/download";
import { problem } from "@/lib/doors/problem";
import { currentActor } from "@/lib/doors/session";
import { site } from "@/lib/doors/site";
import { FINDING_EXPORTS, findingsText, isExport } from "@/lib/domain/finding/sheet-out";
import { refuse } from "@/lib/domain/refusal";
import { exportedRecords } from "@/lib/queries/finding-export";

/** The queue as the screen narrows it, as a file of a signed-in person. */
export async function GET(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to export findings.").refusal);
  const environment = Number((await context.params).env);
  const { format: asked, ...filter } = Object.fromEntries(new URL(request.url).searchParams);
  const format = isExport(asked) ? asked : "csv";
  const found = await exportFindings(actor, { environment, filter, format });
  if (!found.ok) return problem(found.refusal);
  const records = exportedRecords(found.value.batches, { environment, now: found.value.now, site: site() });
  return downloaded({ name: `findings-${environment}.${format}`, type: FINDING_EXPORTS[format], text: findingsText(format, records) });
}
