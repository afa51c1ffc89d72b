import { consume } from "@/lib/doors/limits";
import { problem } from "@/lib/doors/problem";
import { isSameOrigin } from "@/lib/doors/same-origin";
import { currentActor } from "@/lib/doors/session";
import { boundedBody } from "@/lib/doors/upload";
import { refuse } from "@/lib/domain/refusal";
import { lookAtReport } from "@/lib/queries/report-look";

/** What the first 64 KiB of a report tell, for a signed-in person who is about to send it. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to import a report.").refusal);
  if (!isSameOrigin(request.headers)) return problem(refuse("forbidden", "This request comes from another site.").refusal);
  const counted = await consume("imports", `person ${actor.id} looks`);
  if (!counted.ok) return problem(refuse("limited", "Too many reports at once.", { retryAfter: counted.seconds }).refusal);
  const head = await boundedBody(request, 65_536);
  const look = head.ok ? await lookAtReport(actor, { environment: Number((await context.params).env), head: head.value }) : head;
  return look.ok ? Response.json(look.value, { headers: { "Cache-Control": "no-store" } }) : problem(look.refusal);
}
