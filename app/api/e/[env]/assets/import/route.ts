import { importAssets } from "@/lib/commands/assets/import";
import { consume } from "@/lib/doors/limits";
import { problem } from "@/lib/doors/problem";
import { isSameOrigin } from "@/lib/doors/same-origin";
import { currentActor } from "@/lib/doors/session";
import { incoming } from "@/lib/doors/upload";
import { refuse } from "@/lib/domain/refusal";

/** Where the import dialog sends a sheet: the raw file as the body of a request by a signed-in person. */
export async function POST(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to import assets.").refusal);
  if (!isSameOrigin(request.headers)) return problem(refuse("forbidden", "This request comes from another site.").refusal);
  const counted = await consume("imports", `person ${actor.id}`);
  if (!counted.ok) return problem(refuse("limited", "Too many imports at once.", { retryAfter: counted.seconds }).refusal);
  const environment = Number((await context.params).env);
  const query = new URL(request.url).searchParams;

  const sheet = incoming(request);
  const asked = { environment, dryRun: query.get("dry_run") === "true", expects: query.get("expects"), name: query.get("name")?.slice(0, 300) };
  const done = sheet.ok ? await importAssets(actor, asked, sheet.value.bytes) : sheet;
  return done.ok ? Response.json(done.value, { headers: { "Cache-Control": "no-store" } }) : problem(done.refusal);
}
