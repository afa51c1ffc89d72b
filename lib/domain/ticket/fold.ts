import { heard, recordedOf, rekeyed, type Recorded, type Report } from "./there";

/** Where a ticket stands over there; all null where it was never there. */
export type PlaceThere = { key: string | null; id: string | null; url: string | null };

/** What became of a report. `overtaken`: it was news, and one that came with it says more. `unknown`: it is of another issue. */
export type Fate = "applied" | "overtaken" | "older" | "unknown";

/** How a ticket stands after some reports; `last`: the one that counted, null where none is news. */
export type Folded = { external: Recorded; key: string | null; id: string | null; url: string | null; fates: readonly Fate[]; last: Report | null };

type Standing = { external: unknown; place: PlaceThere };

/** Is the report of the issue that stands here now? It may have been moved or merged by one before. */
const isOfIt = ({ key, id }: PlaceThere, told: Report): boolean =>
  key === null || (id !== null && told.id === id) || (told.key === key && (id === null || told.id === null || told.id === id));

/** Its key, id and address after a report: another key where it was moved or merged, unless a ticket here has that already. */
function placed(news: Recorded, place: PlaceThere, told: Report, isTaken: (key: string) => boolean): { external: Recorded; place: PlaceThere } {
  const key = place.key ?? told.key;
  const stays = { key, id: place.id ?? told.id, url: place.url ?? told.url };
  const to = told.mergedInto ?? told.movedTo ?? told.key;
  if (told.isDeleted || to === key) return { external: news, place: stays };
  const isMerged = told.mergedInto !== null;
  if (isTaken(to)) return { external: { ...news, merged: to }, place: stays };
  return { external: rekeyed(news, to, isMerged), place: { key: to, id: isMerged ? null : stays.id, url: isMerged ? null : (told.url ?? stays.url) } };
}

/**
 * How a ticket stands over there once it has heard these reports, in the order in which they came: as if each had been recorded by itself, whatever that
 * order is. `holders`: which tickets have which keys; this one is left with its own.
 */
export function fold(ticket: Standing & { ticket: number }, reports: readonly Report[], holders: Map<string, number>): Folded {
  let { place } = ticket;
  let external = recordedOf(ticket.external, place.key);
  let last: Report | null = null;
  const fates: Fate[] = [];
  for (const told of reports) {
    const news = isOfIt(place, told) ? heard(external, told) : undefined;
    if (!news) {
      fates.push(news === null ? "older" : "unknown");
      continue;
    }
    const before = place.key;
    ({ external, place } = placed(news, place, told, (key) => (holders.get(key) ?? ticket.ticket) !== ticket.ticket));
    if (before !== null && before !== place.key) holders.delete(before);
    if (place.key !== null) holders.set(place.key, ticket.ticket);
    const beaten = fates.lastIndexOf("applied");
    if (beaten >= 0) fates[beaten] = "overtaken";
    fates.push("applied");
    last = told;
  }
  return { external, ...place, fates, last };
}
