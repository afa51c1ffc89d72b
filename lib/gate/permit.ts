import { z } from "zod";
import { can, NEVER_BY_TOKEN, type Act } from "@/lib/domain/access/can";
import { isWithin, scopesOf } from "@/lib/domain/access/scopes";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import { unstorableIn } from "@/lib/domain/storable";
import { roleIn, type Actor } from "@/lib/gate/actor";

const scoped = z.object({ environment: z.number().int().positive().max(2_147_483_647).nullable() });

/**
 * May the actor do this here? Asked before the input is read any further.
 * An environment that the actor cannot see is missing, never forbidden; `environment: null` is the whole instance.
 */
export function permit(actor: Actor, act: Act, raw: unknown): Result<number | null> {
  const where = scoped.safeParse(raw);
  if (!where.success) return refuse("invalid", "Name the environment by its number.", { errors: [{ path: "environment", message: "must be a number" }] });
  const { environment } = where.data;
  if (environment === null) return actor.roles === "everywhere" ? ok(null) : refuse("forbidden", "Only the operator of this machine may do that.");

  const role = roleIn(actor, environment);
  if (!role) return refuse("missing", `There is no environment ${environment}.`);
  if (!can(role, act)) return refuse("forbidden", `Your role here is ${role}: it may not do that.`, { next: "Ask an admin of this environment." });
  const never = actor.type === "token" ? NEVER_BY_TOKEN[act] : undefined;
  if (never) return refuse("forbidden", never.why, { next: never.next });
  if (actor.scopes && !isWithin(actor.scopes, act)) return refuse("forbidden", `This token was made for ${actor.scopes.join(", ")}: it may not do that.`, { next: `A token with the scope ${scopesOf(act).join(" or ")} may.` });
  return ok(environment);
}

/** Reads the input by its schema; every fault is named with its path. A text that no column can hold is refused here, for all schemas at once. */
export function parse<S extends z.ZodType>(schema: S, raw: unknown): Result<z.output<S>> {
  const unstorable = unstorableIn(raw);
  if (unstorable) return refuseInput([unstorable]);
  const read = schema.safeParse(raw);
  if (read.success) return ok(read.data);
  return refuseInput(read.error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join("."), message: issue.message, ...placeOf(issue) })));
}

const place = z.object({ params: z.object({ at: z.number(), length: z.number() }) });

/** Where in a text a fault is, for schemas that say so. */
function placeOf(issue: unknown): { at?: number; length?: number } {
  const said = place.safeParse(issue);
  return said.success ? said.data.params : {};
}
