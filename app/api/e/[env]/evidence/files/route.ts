import { addEvidenceFile } from "@/lib/commands/evidence/add-file";
import { consume } from "@/lib/doors/limits";
import { problem } from "@/lib/doors/problem";
import { isSameOrigin } from "@/lib/doors/same-origin";
import { currentActor } from "@/lib/doors/session";
import { fileNameOf, incoming } from "@/lib/doors/upload";
import { refuse } from "@/lib/domain/refusal";

/** Where a form sends a file that proves something: the raw file as the body of a request by a signed-in person. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to attach a file.").refusal);
  if (!isSameOrigin(request.headers)) return problem(refuse("forbidden", "This request comes from another site.").refusal);
  const counted = await consume("imports", `person ${actor.id}`);
  if (!counted.ok) return problem(refuse("limited", "Too many files at once.", { retryAfter: counted.seconds }).refusal);
  const environment = Number((await context.params).env);
  const sent = incoming(request);
  const file = sent.ok ? await addEvidenceFile(actor, { environment, name: fileNameOf(request) }, sent.value) : sent;
  return file.ok ? Response.json(file.value, { status: 201 }) : problem(file.refusal);
}
