import { requestScan } from "@/lib/commands/scans/request";
import { importQuery } from "@/lib/doors/import-query";
import { consume } from "@/lib/doors/limits";
import { problem } from "@/lib/doors/problem";
import { isSameOrigin } from "@/lib/doors/same-origin";
import { currentActor } from "@/lib/doors/session";
import { incoming } from "@/lib/doors/upload";
import { refuse } from "@/lib/domain/refusal";
import { scanRequest } from "@/lib/domain/scan/input";
import { getScan } from "@/lib/queries/rest-scans";

/** Where the drop zone sends a report: the raw file as the body of a request by a signed-in person. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to import a report.").refusal);
  if (!isSameOrigin(request.headers)) return problem(refuse("forbidden", "This request comes from another site.").refusal);
  const counted = await consume("imports", `person ${actor.id}`);
  if (!counted.ok) return problem(refuse("limited", "Too many imports at once.", { retryAfter: counted.seconds }).refusal);
  const environment = Number((await context.params).env);
  const asked = importQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return problem(refuse("invalid", "The options of the import could not be read.").refusal);

  const report = incoming(request);
  const stored = report.ok ? await requestScan(actor, scanRequest(environment, { ...asked.data, filename: asked.data.name }), report.value) : report;
  const scan = stored.ok ? await getScan(actor, { environment, id: stored.value.scan }) : stored;
  return scan.ok ? Response.json({ scan: scan.value }, { status: 202 }) : problem(scan.refusal);
}
