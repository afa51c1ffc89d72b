import { downloaded } from "@/lib/doors/download";
import { problem } from "@/lib/doors/problem";
import { currentActor } from "@/lib/doors/session";
import { refuse } from "@/lib/domain/refusal";
import { observation } from "@/lib/queries/observation";

async function* whole(text: string): AsyncGenerator<string> {
  yield text;
}

/** What the scanner saw, as a file of a signed-in person: plain text that no browser opens as anything else. */
export async function GET(_request: Request, context: { params: Promise<{ env: string; number: string }> }): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return problem(refuse("unauthenticated", "Sign in to download the observation.").refusal);
  const { env, number } = await context.params;
  const found = await observation(actor, { environment: Number(env), number: Number(number) });
  return found.ok ? downloaded({ name: `F-${number}-observation.txt`, type: "text/plain; charset=utf-8", text: whole(found.value) }) : problem(found.refusal);
}
