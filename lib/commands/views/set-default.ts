import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { sql } from "@/lib/db/client";
import { viewById } from "@/lib/db/sql/saved-views";
import { can } from "@/lib/domain/access/can";
import { maySee } from "@/lib/domain/desk/saved-view";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { holdNames, standingOf } from "./steps/hold-view";

const input = z.object({ environment: z.number().int().positive(), view: z.number().int().positive().max(2_147_483_647).nullable(), everybody: z.boolean().default(false) });
type Default = { view: number | null };

/**
 * What the queue opens with: `{environment, view, everybody?}`; `view` null takes the default away. Without `everybody` for the person who asks;
 * with it, a shared view for all who chose none themselves, set by managers.
 */
export function setDefaultView(actor: Actor, raw: unknown): Promise<Result<Default>> {
  return commit(actor, { act: "view.save", input, work }, raw);
}

async function work(tx: Tx, { environment, view: id, everybody }: z.output<typeof input>, { actor }: Context): Promise<Result<Change<Default>>> {
  const who = standingOf(actor, environment);
  if (everybody && !can(who.role, "view.manage")) return refuse("forbidden", "Managers say what everybody here begins with.", { next: "Make it your own default." });
  if (!everybody && who.personId === null) return refuse("invalid", "Only a person has a default of their own.", { errors: [{ path: "everybody", message: "must be true" }] });
  await holdNames(tx, environment);
  const view = id === null ? null : await viewById(tx, environment, id, true);
  if (id !== null && (!view || !maySee({ ownerId: view.owner_id, isShared: view.is_shared }, who))) return refuse("missing", `There is no view ${id} here.`);
  if (everybody && view && !view.is_shared) return refuseInput([{ path: "view", message: "Share the view first: everybody must see it." }]);

  const own = who.personId === null ? null : await tx.queueDesk.findUnique({ where: { environmentId_personId: { environmentId: environment, personId: who.personId } }, select: { defaultViewId: true } });
  const before = everybody ? ((await tx.savedView.findFirst({ where: { environmentId: environment, isDefault: true }, select: { id: true } }))?.id ?? null) : (own?.defaultViewId ?? null);
  if (before === id) return ok({ unchanged: { view: id } });

  return ok({
    trail: [{ action: "view.made_default", record: { type: "view", number: id ?? before }, before: { view: before }, after: { view: id, name: view?.name ?? null, for: everybody ? "everybody" : actor.name } }],
    write: async (within) => {
      if (everybody) {
        await within.savedView.updateMany({ where: { environmentId: environment, isDefault: true }, data: { isDefault: false } });
        if (id !== null) await within.savedView.update({ where: { id }, data: { isDefault: true } });
      } else {
        await within.$executeRaw(sql`INSERT INTO queue_desk (environment_id, person_id, default_view_id) VALUES (${environment}, ${who.personId}, ${id})
          ON CONFLICT (environment_id, person_id) DO UPDATE SET default_view_id = excluded.default_view_id, lost = NULL`);
      }
      return { view: id };
    },
  });
}
