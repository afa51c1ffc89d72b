import { heard, recordedOf, rekeyed, type Recorded, type Report } from "./there";

/** Where a ticket stands over there; all null where it was never there. */
export type PlaceThere = { key: string | null; id: string | null; url: string | null };

/** What became of a report. `overtaken`: it was news, and one that came with it says more. `unknown`: it is of another issue. */
export type Fate = "applied" | "overtaken" | "older" | "unknown";

/** How a ticket stands once one author has said what they had to say, before the next one does. `by`: as the tracker names them; null: it does not. `wasOpen`: one of these reports, up to here, said that it is not done. */
export type Step = PlaceThere & { external: Recorded; by: string | null; wasOpen: boolean };

/** How a ticket stands after some reports. `steps`: how it came there, one for each change of author; none where no report is news. */
export type Folded = PlaceThere & { external: Recorded; wasOpen: boolean; fates: readonly Fate[]; steps: readonly Step[] };

type Standing = { external: unknown; place: PlaceThere };

/** Is the report of the issue that stands here now? It may have been moved or merged by one before. */
const isOfIt = ({ key, id }: PlaceThere, told: Report): boolean =>
  key === null || (id !== null && told.id === id) || (told.key === key && (id === null || told.id === null || told.id === id));

/**
 * Its key, id and address after a report: another key where the issue was moved, unless a ticket here has that already. The issue that it was merged into is
 * another one, which is never followed: a change of ours would be written over it.
 */
function placed(news: Recorded, place: PlaceThere, told: Report, isTaken: (key: string) => boolean): { external: Recorded; place: PlaceThere } {
  const key = place.key ?? told.key;
  const stays = { key, id: place.id ?? told.id, url: place.url ?? told.url };
  const to = told.movedTo ?? told.key;
  if (told.isDeleted || to === key) return { external: news, place: stays };
  if (isTaken(to)) return { external: { ...news, merged: to }, place: stays };
  return { external: rekeyed(news, to), place: { key: to, id: stays.id, url: told.url ?? stays.url } };
}

/**
 * How a ticket stands over there once it has heard these reports, in the order in which they came: its record is the one that it would have if each had been
 * recorded by itself, whatever that order is, and each author's part of it is known. `isTaken`: is this the key of another ticket?
 */
export function fold(ticket: Standing, reports: readonly Report[], isTaken: (key: string) => boolean): Folded {
  let { place } = ticket;
  let external = recordedOf(ticket.external, place.key);
  let wasOpen = false;
  const steps: Step[] = [];
  const fates: Fate[] = [];
  for (const told of reports) {
    const news = isOfIt(place, told) ? heard(external, told) : undefined;
    if (!news) {
      fates.push(news === null ? "older" : "unknown");
      continue;
    }
    ({ external, place } = placed(news, place, told, isTaken));
    wasOpen ||= !external.isDone;
    const beaten = fates.lastIndexOf("applied");
    if (beaten >= 0) fates[beaten] = "overtaken";
    fates.push("applied");
    if (steps.at(-1)?.by === told.by) steps.pop();
    steps.push({ external, ...place, by: told.by, wasOpen });
  }
  return { external, ...place, wasOpen, fates, steps };
}

export type Heard = Standing & { ticket: number; reports: readonly Report[] };

/**
 * Many tickets at once, each with its own reports, in their order. A key is free for a ticket where its holder leaves it by what is told with it: so two that
 * change keys with each other both come to theirs, and of two that want the same one the first does. `holders`: which tickets have which keys.
 */
export function foldAll(heard: readonly Heard[], holders: ReadonlyMap<string, number>): Folded[] {
  const told = new Set(heard.map(({ ticket }) => ticket));
  const silent = [...holders].filter(([, ticket]) => !told.has(ticket));
  const denied = new Map<number, Set<string>>();
  for (;;) {
    const all = heard.map((one) => ({ ...one, folded: fold(one, one.reports, (key) => denied.get(one.ticket)?.has(key) ?? false) }));
    const stays = all.filter(({ place, folded }) => folded.key !== null && folded.key === place.key);
    const ends = new Map([...silent, ...stays.map(({ ticket, folded }): [string, number] => [folded.key ?? "", ticket])]);
    const refused = all.filter(({ ticket, folded: { key } }) => {
      if (key === null || ends.get(key) === ticket) return false;
      if (ends.has(key)) return true;
      ends.set(key, ticket);
      return false;
    });
    if (refused.length === 0) return all.map(({ folded }) => folded);
    for (const { ticket, folded: { key } } of refused) denied.set(ticket, new Set([...(denied.get(ticket) ?? []), ...(key === null ? [] : [key])]));
  }
}

/** The step that brought a ticket to what it says now in one respect; undefined: it says there what was known. */
export function turnOf(known: Recorded, steps: readonly Step[], of: (external: Recorded) => unknown): Step | undefined {
  return steps.findLast(({ external }, at) => of(external) !== of(steps[at - 1]?.external ?? known));
}
