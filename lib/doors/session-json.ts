import { isDatabaseAway } from "@/lib/db/away";
import { refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { parseJson, readText } from "./json-body";
import { AWAY, STATUS_OF } from "./problem";
import { isSameOrigin } from "./same-origin";
import { currentActor } from "./session";

const NOBODY = refuse("unauthenticated", "You are signed out.", { next: "Sign in again; what you typed is still here." });
const STRANGE = refuse("forbidden", "This request comes from another site.");

/** Another site is refused unread, then whoever is not signed in; the environment is that of the address, whatever the body says. */
async function answerTo<Out>(request: Request, environment: number, call: (actor: Actor, raw: unknown) => Promise<Result<Out>>): Promise<Result<Out>> {
  if (!isSameOrigin(request.headers)) return STRANGE;
  const actor = await currentActor();
  if (!actor) return NOBODY;
  const text = await readText(request);
  const json = text.ok ? parseJson(text.value) : text;
  return json.ok ? call(actor, { ...Object(json.value), environment }) : json;
}

/**
 * The one door for calls of a signed-in screen that stand beside its actions, which go one after the other: a JSON body in, the Result
 * out with the status that belongs to it.
 */
export async function jsonOf<Out>(request: Request, environment: number, call: (actor: Actor, raw: unknown) => Promise<Result<Out>>): Promise<Response> {
  const result = await answerTo(request, environment, call).catch((error: unknown) => {
    if (isDatabaseAway(error)) return AWAY;
    throw error;
  });
  return Response.json(result, { status: result.ok ? 200 : STATUS_OF[result.refusal.code], headers: { "Cache-Control": "no-store" } });
}
