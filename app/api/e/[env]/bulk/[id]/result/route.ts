import { downloaded } from "@/lib/doors/download";
import { problem } from "@/lib/doors/problem";
import { currentActor } from "@/lib/doors/session";
import { BULK_EXPORTS, bulkText } from "@/lib/domain/bulk/sheet";
import { refuse } from "@/lib/domain/refusal";
import { exportBulk } from "@/lib/queries/bulk";

/** What a bulk action did to each finding, as a file of a signed-in person. */
export async function GET(request: Request, context: { params: Promise<{ env: string; id: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to download the result.").refusal);
  const { env, id } = await context.params;
  const format = new URL(request.url).searchParams.get("format") === "jsonl" ? "jsonl" : "csv";
  const batches = await exportBulk(actor, { environment: Number(env), bulk: Number(id) });
  return batches.ok ? downloaded({ name: `bulk-${id}.${format}`, type: BULK_EXPORTS[format], text: bulkText(format, batches.value) }) : problem(batches.refusal);
}
