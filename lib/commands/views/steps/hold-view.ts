import type { Tx } from "@/lib/db/client";
import { sql } from "@/lib/db/client";
import { viewById, viewNamed, type StoredView } from "@/lib/db/sql/saved-views";
import { readLayout } from "@/lib/domain/desk/layout";
import { mayChange, maySee, type Standing } from "@/lib/domain/desk/saved-view";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import { roleIn, type Actor } from "@/lib/gate/actor";

/** Who asks, as the rules of views see them. A token has no views of its own. */
export function standingOf(actor: Actor, environment: number): Standing {
  return { personId: actor.type === "user" ? actor.personId : null, role: roleIn(actor, environment) };
}

/** Views of an environment are named and counted one after the other. */
export async function holdNames(tx: Tx, environment: number): Promise<void> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended('docket views', ${environment}))`);
}

/** The view, held, where the actor may change it at this version. What they may not see is missing. */
export async function holdView(tx: Tx, actor: Actor, environment: number, id: number, version: number | undefined): Promise<Result<StoredView>> {
  const view = await viewById(tx, environment, id, true);
  const who = standingOf(actor, environment);
  const rights = view && { ownerId: view.owner_id, isShared: view.is_shared };
  if (!view || !rights || !maySee(rights, who)) return refuse("missing", `There is no view ${id} here.`);
  if (!mayChange(rights, who)) return refuse("forbidden", `The view ${view.name} is ${view.owner}'s.`, { next: "Save it as a view of your own, or ask a manager." });
  if (version !== undefined && version !== view.version)
    return refuse("stale", `The view ${view.name} was changed meanwhile: its version is ${view.version}.`, { next: "Open it again, then change it." });
  return ok(view);
}

/** Refuses a name that another view has where this one would stand. */
export async function nameRefusal(tx: Tx, environment: number, name: string, owner: number | null, except: number | null): Promise<Refused | null> {
  if (!(await viewNamed(tx, environment, name, owner, except))) return null;
  return refuse("conflict", owner === null ? `A view named ${name} is shared here already.` : `You have a view named ${name} already.`, { next: "Choose another name, or change that view.", errors: [{ path: "name", message: "is taken" }] });
}

/** What the log keeps of a view. */
export function loggedView({ name, description, is_shared: shared, address: filter, columns, density, version }: StoredView) {
  return { name, description, shared, filter, columns: readLayout(columns ?? [], density)?.columns ?? [], density, version };
}
