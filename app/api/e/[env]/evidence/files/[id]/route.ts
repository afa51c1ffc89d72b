import { downloaded } from "@/lib/doors/download";
import { problem } from "@/lib/doors/problem";
import { currentActor } from "@/lib/doors/session";
import { refuse } from "@/lib/domain/refusal";
import { evidenceFile } from "@/lib/queries/evidence-file";

/** A file of evidence for a signed-in person: to keep, never to show. */
export async function GET(_request: Request, context: { params: Promise<{ env: string; id: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to download it.").refusal);
  const { env, id } = await context.params;
  const file = await evidenceFile(actor, { environment: Number(env), id: Number(id) });
  return file.ok ? downloaded(file.value) : problem(file.refusal);
}
