import { isDatabaseAway } from "@/lib/db/away";
import { refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { parseJson, readText } from "./json-body";
import { AWAY, problem } from "./problem";
import { isSameOrigin } from "./same-origin";
import { currentActor } from "./session";

const NOBODY = refuse("unauthenticated", "Sign in first.");
const STRANGE = refuse("forbidden", "This request comes from another site.");

/**
 * A call of a signed-in screen that stands beside its actions, which go one after the other: a JSON body in, a JSON answer out.
 * The environment is that of the address, whatever the body says.
 */
export async function jsonOf<Out>(request: Request, environment: number, call: (actor: Actor, raw: unknown) => Promise<Result<Out>>): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) return problem(NOBODY.refusal);
    if (!isSameOrigin(request.headers)) return problem(STRANGE.refusal);
    const text = await readText(request);
    const json = text.ok ? parseJson(text.value) : text;
    const done = json.ok ? await call(actor, { ...Object(json.value), environment }) : json;
    if (!done.ok) return problem(done.refusal);
    return Response.json(done.value, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (isDatabaseAway(error)) return problem(AWAY.refusal);
    throw error;
  }
}
