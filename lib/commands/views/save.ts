import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { nextId } from "@/lib/db/next-id";
import { viewTally } from "@/lib/db/sql/saved-views";
import { can } from "@/lib/domain/access/can";
import { STANDARD_LAYOUT } from "@/lib/domain/desk/layout";
import { MOST_OWN, MOST_SHARED, viewAddress, viewFields } from "@/lib/domain/desk/saved-view";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { holdNames, nameRefusal, standingOf } from "./steps/hold-view";

const input = z.object({
  environment: z.number().int().positive(),
  name: viewFields.name,
  description: viewFields.description.default(""),
  shared: viewFields.shared.default(false),
  filter: viewFields.filter,
  columns: viewFields.columns.default([...STANDARD_LAYOUT.columns]),
  density: viewFields.density.default(STANDARD_LAYOUT.density),
});
type Asked = z.output<typeof input>;

/** Saves a filter as a view, with its columns: `{environment, name, description?, shared?, filter, columns?, density?}`. Only a person has views of their own. */
export function saveView(actor: Actor, raw: unknown): Promise<Result<{ id: number }>> {
  return commit(actor, { act: "view.save", input, work }, raw);
}

async function work(tx: Tx, { environment, name, description, shared, filter, columns, density }: Asked, { actor, now }: Context): Promise<Result<Change<{ id: number }>>> {
  const { personId, role } = standingOf(actor, environment);
  if (!shared && personId === null) return refuse("invalid", "Only a person has views of their own.", { errors: [{ path: "shared", message: "must be true" }] });
  if (shared && !can(role, "view.share")) return refuse("forbidden", `Your role here is ${role ?? "none"}: it shares no views.`, { next: "Save it for yourself, or ask an analyst to share it." });
  const address = viewAddress(filter);
  if (!address.ok) return address;

  await holdNames(tx, environment);
  const taken = await nameRefusal(tx, environment, name, shared ? null : personId, null);
  if (taken) return taken;
  const held = await viewTally(tx, environment, personId);
  if (shared ? held.shared >= MOST_SHARED : held.own >= MOST_OWN) return refuse("conflict", `There are ${shared ? held.shared : held.own} such views: that is as many as are kept.`, { next: "Delete one that nobody needs." });

  const id = await nextId(tx, "saved_view");
  const data = { name, description, address: address.value, columns: [...columns], density, isShared: shared };
  return ok({
    trail: [{ action: "view.saved", record: { type: "view", number: id }, after: { name, description, shared, filter: address.value, columns, density, version: 1 } }],
    write: async (within) => {
      await within.savedView.create({ data: { ...data, id, environmentId: environment, ownerId: personId, createdBy: actor.name, createdAt: now, changedAt: now } });
      return { id };
    },
  });
}
