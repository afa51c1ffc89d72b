import { problem } from "@/lib/doors/problem";
import { currentActor } from "@/lib/doors/session";
import { refuse } from "@/lib/domain/refusal";
import { getScan } from "@/lib/queries/rest-scans";

/** Where a scan stands, for the screen that follows it. */
export async function GET(_request: Request, context: { params: Promise<{ env: string; id: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to see this scan.").refusal);
  const { env, id } = await context.params;
  const scan = await getScan(actor, { environment: Number(env), id: Number(id) });
  if (!scan.ok) return problem(scan.refusal);
  const error = scan.value.error && { ...scan.value.error, path: scan.value.error.at };
  return Response.json({ scan: { ...scan.value, error } }, { headers: { "Cache-Control": "no-store" } });
}
