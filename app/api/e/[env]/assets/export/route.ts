import { downloaded } from "@/lib/doors/download";
import { problem } from "@/lib/doors/problem";
import { currentActor } from "@/lib/doors/session";
import { site } from "@/lib/doors/site";
import { ASSET_EXPORTS, exportText } from "@/lib/domain/asset/sheet-out";
import { refuse } from "@/lib/domain/refusal";
import { exportAssets } from "@/lib/queries/rest-assets";

/** The inventory as the screen shows it, as a file of a signed-in person. */
export async function GET(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to export the assets.").refusal);
  const environment = Number((await context.params).env);
  const { format: asked, ...filter } = Object.fromEntries(new URL(request.url).searchParams);
  const format = asked === "jsonl" ? "jsonl" : "csv";
  const batches = await exportAssets(actor, { environment, filter, site: site() });
  return batches.ok ? downloaded({ name: `assets-${environment}.${format}`, type: ASSET_EXPORTS[format], text: exportText(format, batches.value) }) : problem(batches.refusal);
}
