import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { clearView, defaultedBy, viewTally, type StoredView } from "@/lib/db/sql/saved-views";
import { can } from "@/lib/domain/access/can";
import { MOST_OWN, MOST_SHARED, viewAddress, viewFields } from "@/lib/domain/desk/saved-view";
import { ok, refuse, type Refused, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { holdNames, holdView, loggedView, nameRefusal, standingOf } from "./steps/hold-view";
import { defaultRefusal } from "./steps/refuse-default";

const input = z.object({
  environment: z.number().int().positive(), view: z.number().int().positive().max(2_147_483_647), version: z.number().int().positive().optional(),
  ...z.object(viewFields).partial().shape,
  anyway: z.boolean().default(false),
});
type Asked = z.output<typeof input>;

/**
 * Changes a view: `{environment, view, version?, name?, description?, shared?, filter?, columns?, density?, anyway?}`. No longer shared, it is
 * taken off the others' desks; where it is somebody's default that is refused once, with who, unless `anyway`.
 */
export function changeView(actor: Actor, raw: unknown): Promise<Result<{ id: number; version: number }>> {
  return commit(actor, { act: "view.save", input, work }, raw);
}

function asChanged(before: StoredView, asked: Asked, address: string): StoredView {
  return {
    ...before, address,
    name: asked.name ?? before.name, description: asked.description ?? before.description, is_shared: asked.shared ?? before.is_shared,
    columns: asked.columns ? [...asked.columns] : before.columns, density: asked.density ?? before.density,
  };
}

/** What stands against sharing it, or against taking it back. */
async function sharingRefusal(tx: Tx, before: StoredView, shared: boolean, asked: Asked, actor: Actor): Promise<Refused | null> {
  if (before.is_shared === shared) return null;
  const { personId, role } = standingOf(actor, asked.environment);
  const held = await viewTally(tx, asked.environment, personId);
  if (shared) {
    if (!can(role, "view.share")) return refuse("forbidden", `Your role here is ${role ?? "none"}: it shares no views.`, { next: "Ask an analyst to share it." });
    return held.shared >= MOST_SHARED ? refuse("conflict", `There are ${held.shared} shared views: that is as many as are kept.`) : null;
  }
  if (personId === null || before.owner_id !== personId) return refuse("forbidden", `The view is ${before.owner}'s: only they can keep it to themselves.`, { next: "Delete it, or leave it shared." });
  if (held.own >= MOST_OWN) return refuse("conflict", `You have ${held.own} views: that is as many as are kept.`);
  return asked.anyway ? null : defaultRefusal(before, await defaultedBy(tx, before.id, personId), "keep it to yourself");
}

async function work(tx: Tx, asked: Asked, { actor, now }: Context): Promise<Result<Change<{ id: number; version: number }>>> {
  await holdNames(tx, asked.environment);
  const held = await holdView(tx, actor, asked.environment, asked.view, asked.version);
  if (!held.ok) return held;
  const before = held.value;
  const address = asked.filter === undefined ? ok(before.address) : viewAddress(asked.filter);
  if (!address.ok) return address;

  const after = asChanged(before, asked, address.value);
  if (isDeepStrictEqual(before, after)) return ok({ unchanged: { id: before.id, version: before.version } });
  const refused = (await sharingRefusal(tx, before, after.is_shared, asked, actor)) ?? (await nameRefusal(tx, asked.environment, after.name, after.is_shared ? null : after.owner_id, before.id));
  if (refused) return refused;

  const next = { ...after, version: before.version + 1, is_default: before.is_default && after.is_shared };
  return ok({
    trail: [{ action: "view.changed", record: { type: "view", number: before.id }, before: loggedView(before), after: loggedView(next) }],
    write: async (within) => {
      if (before.is_shared && !after.is_shared) await clearView(within, before.id, { keeper: before.owner_id, silent: before.owner_id, lost: `${actor.name} no longer shares the view ${before.name}, which was your default.` });
      const { name, description, is_shared: isShared, is_default: isDefault, density, version } = next;
      await within.savedView.update({ where: { id: before.id }, data: { name, description, isShared, isDefault, address: next.address, columns: next.columns ?? [], density, version, changedAt: now } });
      return { id: before.id, version };
    },
  });
}
