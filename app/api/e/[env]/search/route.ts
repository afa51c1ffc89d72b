import { currentActor } from "@/lib/doors/session";
import { sessionCall } from "@/lib/doors/session-call";
import { refuse } from "@/lib/domain/refusal";
import { searchFindings } from "@/lib/queries/finding-search";

/** Where the palette and pickers search while somebody types; a newer question gives up the one before. */
export async function GET(request: Request, context: { params: Promise<{ env: string }> }): Promise<Response> {
  const environment = Number((await context.params).env);
  return sessionCall(async () => {
    const actor = await currentActor();
    if (!actor) return refuse("unauthenticated", "You are signed out.");
    return searchFindings(actor, { environment, text: new URL(request.url).searchParams.get("q") ?? "" });
  });
}
