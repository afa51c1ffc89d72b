import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { clearView, defaultedBy } from "@/lib/db/sql/saved-views";
import { ok, type Result } from "@/lib/domain/refusal";
import type { Actor } from "@/lib/gate/actor";
import { commit, type Change, type Context } from "@/lib/gate/commit";
import { holdView, loggedView, standingOf } from "./steps/hold-view";
import { defaultRefusal } from "./steps/refuse-default";

const input = z.object({
  environment: z.number().int().positive(), view: z.number().int().positive().max(2_147_483_647), version: z.number().int().positive().optional(), anyway: z.boolean().default(false),
});

/** Deletes a view: `{environment, view, version?, anyway?}`. Where it is somebody else's default that is refused once, with who; with `anyway` they are told at their next visit. */
export function deleteView(actor: Actor, raw: unknown): Promise<Result<{ id: number; defaults: number }>> {
  return commit(actor, { act: "view.save", input, work }, raw);
}

async function work(tx: Tx, { environment, view: id, version, anyway }: z.output<typeof input>, { actor }: Context): Promise<Result<Change<{ id: number; defaults: number }>>> {
  const held = await holdView(tx, actor, environment, id, version);
  if (!held.ok) return held;
  const view = held.value;
  const { personId } = standingOf(actor, environment);
  const people = await defaultedBy(tx, id, personId);
  const refused = anyway ? null : defaultRefusal(view, people, "delete it");
  if (refused) return refused;

  return ok({
    trail: [{ action: "view.deleted", record: { type: "view", number: id }, before: { ...loggedView(view), default_of: people.length, default_here: view.is_default } }],
    write: async (within) => {
      await clearView(within, id, { keeper: null, silent: personId, lost: `${actor.name} deleted the view ${view.name}, which was your default.` });
      await within.savedView.delete({ where: { id } });
      return { id, defaults: people.length };
    },
  });
}
