import { heard, recordedOf, rekeyed, type Recorded, type Report } from "./there";

/** Where a ticket stands over there; all null where it was never there. */
export type PlaceThere = { key: string | null; id: string | null; url: string | null };

/** What became of a report. `overtaken`: it was news, and one that came with it says more. `unknown`: it is of another issue. */
export type Fate = "applied" | "overtaken" | "older" | "unknown";

/** How a ticket stands once one author has said what they had to say, before the next one does. `by`: as the tracker names them; null: it does not. */
export type Step = PlaceThere & { external: Recorded; by: string | null };

/** How a ticket stands after some reports. `steps`: how it came there, one for each change of author; none where no report is news. */
export type Folded = PlaceThere & { external: Recorded; fates: readonly Fate[]; steps: readonly Step[] };

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
 * How a ticket stands over there once it has heard these reports, in the order in which they came: its record is the one that it would have if each had been
 * recorded by itself, whatever that order is, and each author's part of it is known. `holders`: which tickets have which keys; this one is left with its own.
 */
export function fold(ticket: Standing & { ticket: number }, reports: readonly Report[], holders: Map<string, number>): Folded {
  let { place } = ticket;
  let external = recordedOf(ticket.external, place.key);
  const steps: Step[] = [];
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
    if (steps.at(-1)?.by === told.by) steps.pop();
    steps.push({ external, ...place, by: told.by });
  }
  return { external, ...place, fates, steps };
}

/** The step that brought a ticket to what it says now in one respect; undefined: it says there what was known. */
export function turnOf(known: Recorded, steps: readonly Step[], of: (external: Recorded) => unknown): Step | undefined {
  return steps.findLast(({ external }, at) => of(external) !== of(steps[at - 1]?.external ?? known));
}
