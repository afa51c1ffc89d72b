import { z } from "zod";
import { viewById, viewsFor, type StoredView } from "@/lib/db/sql/saved-views";
import { readLayout, STANDARD_LAYOUT } from "@/lib/domain/desk/layout";
import { mayChange, maySee, viewFilter, type Standing } from "@/lib/domain/desk/saved-view";
import { printQuery } from "@/lib/domain/filter/query";
import type { ViewListRecord, ViewRecord } from "@/lib/domain/records/view";
import { ok, refuse, type Result } from "@/lib/domain/refusal";
import type { ViewRow } from "@/lib/domain/views/desk";
import { queueAddress } from "@/lib/domain/views/queue-address";
import { roleIn, type Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";

const environment = z.number().int().positive();

/** Who reads, as the rules of views see them. */
export function readerOf(actor: Actor, where: number): Standing {
  return { personId: actor.type === "user" ? actor.personId : null, role: roleIn(actor, where) };
}

/** A view as menus list it; its stored text is read anew, so that words of older versions stand in today's. */
export function viewRow(view: StoredView, who: Standing): ViewRow {
  return {
    id: view.id, name: view.name, description: view.description, isShared: view.is_shared, isEverybodysDefault: view.is_default,
    address: queueAddress(viewFilter(view.address)), layout: readLayout(view.columns, view.density) ?? STANDARD_LAYOUT, version: view.version,
    owner: view.owner, isMine: who.personId !== null && view.owner_id === who.personId, mayChange: mayChange({ ownerId: view.owner_id, isShared: view.is_shared }, who),
    changedAt: view.changed_at.toISOString(), defaultOf: view.default_of,
  };
}

function recordOf(view: StoredView): ViewRecord {
  const filter = viewFilter(view.address);
  const layout = readLayout(view.columns, view.density) ?? STANDARD_LAYOUT;
  return {
    id: view.id, name: view.name, description: view.description, shared: view.is_shared, default: view.is_default, owner: view.owner,
    filter: queueAddress(filter), tab: filter.tab, q: printQuery(filter), sort: filter.sort, columns: [...layout.columns], density: layout.density,
    version: view.version, created_at: view.created_at.toISOString(), changed_at: view.changed_at.toISOString(),
  };
}

/** The views that the actor sees here, by name: `{environment}`. A token sees those that are shared. */
export function listViews(actor: Actor, raw: unknown): Promise<Result<ViewListRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment }),
    load: async (db, { environment: where }) => ok({ items: (await viewsFor(db, where, readerOf(actor, where).personId)).map(recordOf) }),
  }, raw);
}

/** One view: `{environment, view}`. What the actor may not see is missing. */
export function getView(actor: Actor, raw: unknown): Promise<Result<ViewRecord>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment, view: z.number().int().positive().max(2_147_483_647) }),
    load: async (db, { environment: where, view: id }) => {
      const view = await viewById(db, where, id);
      const isSeen = view && maySee({ ownerId: view.owner_id, isShared: view.is_shared }, readerOf(actor, where));
      return isSeen ? ok(recordOf(view)) : refuse("missing", `There is no view ${id} here.`);
    },
  }, raw);
}

/** The views that a person may open, as menus list them: `{environment}`. */
export function viewRows(actor: Actor, raw: unknown): Promise<Result<readonly ViewRow[]>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment }),
    load: async (db, { environment: where }) => {
      const who = readerOf(actor, where);
      return ok((await viewsFor(db, where, who.personId)).map((view) => viewRow(view, who)));
    },
  }, raw);
}
