import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { bookmarksOf } from "@/lib/db/sql/bookmarks";
import { sharedWith } from "@/lib/db/sql/finding-shares";
import { deskRow, type StoredDesk } from "@/lib/db/sql/queue-desk";
import { isTallied } from "@/lib/db/sql/queue-tally";
import { viewsFor } from "@/lib/db/sql/saved-views";
import { readLayout, STANDARD_LAYOUT, type Layout } from "@/lib/domain/desk/layout";
import { viewFilter } from "@/lib/domain/desk/saved-view";
import { readFilter } from "@/lib/domain/filter/read";
import { parseQuery } from "@/lib/domain/filter/typed";
import { ok, type Result } from "@/lib/domain/refusal";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import type { DeskView, PinView, ViewRow } from "@/lib/domain/views/desk";
import { deskAddress, deskParts, queueAddress, wholeTab } from "@/lib/domain/views/queue-address";
import { readQueue } from "@/lib/domain/views/read-queue";
import type { Actor } from "@/lib/gate/actor";
import { read } from "@/lib/gate/read";
import { askingOf } from "@/lib/queries/queue";
import { readerOf, viewRow } from "@/lib/queries/views";
import { queueTotal } from "@/lib/db/sql/queue-page";

const environment = z.number().int().positive();

/** How many parameters at fault are told. */
const MOST_FAULTS = 10;

/** After so long a visit begins anew, with the default of whoever has one. */
const VISIT_MS = 12 * 3_600_000;

type Shown = { view: ViewRow | null; isViewMissing: boolean; filter: QueueFilter; changed: Layout | null };

/** What an address shows: the view that it names, under its own filter or another. */
function addressed(address: string, views: readonly ViewRow[], desk: StoredDesk | null): Shown {
  const { view: id, asked } = deskParts(address);
  const view = views.find((each) => each.id === id) ?? null;
  const isAsIs = Object.keys(asked).length === 0;
  const changed = view && desk?.last_view_id === view.id ? readLayout(desk.last_columns, desk.last_density) : null;
  return { view, isViewMissing: id !== null && !view, filter: view && isAsIs ? viewFilter(view.address) : readQueue(asked), changed };
}

/** What opens where the address asks for nothing: what was looked at last; in a new visit one's default, else everybody's, else the queue as it begins. */
function unasked(views: readonly ViewRow[], desk: StoredDesk | null, now: Date): Shown {
  const mine = views.find(({ id }) => id === desk?.default_view_id) ?? null;
  const isOld = !desk?.last_at || now.getTime() - desk.last_at.getTime() > VISIT_MS;
  if (desk?.last_address && !(mine && isOld)) return { ...addressed(desk.last_address, views, desk), isViewMissing: false };
  const view = mine ?? views.find(({ isEverybodysDefault }) => isEverybodysDefault) ?? null;
  return { view, isViewMissing: false, filter: view ? viewFilter(view.address) : wholeTab("needs_review"), changed: null };
}

/** What of an address cannot be read: the queue shows what was understood, and beside it what was not, of the typed text with its place. */
function mistypedIn(address: string): DeskView["mistyped"] {
  const { asked } = deskParts(address);
  const text = (asked.q ?? []).join(" ");
  return { text, faults: parseQuery(text).faults, parameters: readFilter(asked, "all").faults.filter(({ path }) => path !== "q").slice(0, MOST_FAULTS) };
}

/** What of a person's own stands on the desk. A token has none. */
async function ownOf(db: Db, where: number, person: number | null) {
  if (person === null) return { desk: null, bookmarks: [], sharedWithMe: 0 };
  const [desk, bookmarks, sharedWithMe] = await Promise.all([deskRow(db, where, person), bookmarksOf(db, where, person), sharedWith(db, where, person)]);
  return { desk, bookmarks, sharedWithMe };
}

/** What the queue shows a person: `{environment, address}`, the address's search part. Views, columns, and the filter that the address, the last visit or a default asks for. */
export function deskOf(actor: Actor, raw: unknown): Promise<Result<DeskView>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment, address: z.string().max(40_000) }),
    load: async (db, { environment: where, address }, { now }) => {
      const who = readerOf(actor, where);
      const [stored, { desk, bookmarks, sharedWithMe }] = await Promise.all([viewsFor(db, where, who.personId), ownOf(db, where, who.personId)]);
      const views = stored.map((each) => viewRow(each, who));
      const shown = new URLSearchParams(address).size === 0 ? unasked(views, desk, now) : addressed(address, views, desk);
      const seen = (ids: readonly number[]) => ids.filter((id) => views.some((view) => view.id === id));
      return ok({
        views, view: shown.view?.id ?? null, isViewMissing: shown.isViewMissing, filter: shown.filter, changed: shown.changed,
        layout: readLayout(desk?.columns ?? null, desk?.density ?? null) ?? STANDARD_LAYOUT,
        myDefault: desk?.default_view_id ?? null, pins: seen(desk?.pins ?? []), recent: seen(desk?.recent ?? []), lost: desk?.lost ?? null, mistyped: mistypedIn(address), kept: desk?.last_address ?? null,
        bookmarks, sharedWithMe,
      });
    },
  }, raw);
}

/** The views that a person keeps in the side: `{environment}`. Counts are exact; where they would have to be looked for among all findings there is none. */
export function pinsOf(actor: Actor, raw: unknown): Promise<Result<readonly PinView[]>> {
  return read(actor, {
    act: "finding.read",
    input: z.object({ environment }),
    load: async (db, { environment: where }, { now }) => ok(await pinnedFor(db, actor, where, now)),
  }, raw);
}

/** The same for whoever has passed the gate already. */
export async function pinnedFor(db: Db, actor: Actor, where: number, now: Date): Promise<PinView[]> {
  const who = readerOf(actor, where);
  const desk = who.personId === null ? null : await deskRow(db, where, who.personId);
  if (!desk || desk.pins.length === 0) return [];
  const views = await viewsFor(db, where, who.personId);
  const asking = await askingOf(db, actor, where, now);
  const pinned = desk.pins.flatMap((id) => views.find((view) => view.id === id) ?? []);
  return Promise.all(pinned.map(async (view) => {
    const filter = viewFilter(view.address);
    return { id: view.id, name: view.name, address: deskAddress(filter, null, { id: view.id, address: queueAddress(filter) }), count: isCheap(filter) ? await queueTotal(db, filter, asking) : null };
  }));
}

/** Counted off the tally, or among the few that are a person's own. */
function isCheap(filter: QueueFilter): boolean {
  return isTallied(filter) || filter.is.includes("bookmarked") || filter.is.includes("shared");
}
