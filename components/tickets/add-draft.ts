import type { LinkOffer, LinkOffers } from "@/lib/domain/views/tickets";

/** So many findings are put on a ticket at once. */
const MOST = 100;

/** Numbers of findings as people type them ("F-42, 57 f-60"), each once and however many; and the first word that is none. */
export function numbersIn(text: string): { numbers: number[]; stranger: string | null } {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const read = words.map((word) => Number(/^(?:f-)?([1-9]\d{0,8})$/i.exec(word)?.[1] ?? 0));
  return { numbers: [...new Set(read.filter(Boolean))], stranger: words.find((_, at) => read[at] === 0) ?? null };
}

/** What may be asked about: nobody looks for more than can be added. */
export const askedIn = (text: string): number[] => numbersIn(text).numbers.slice(0, MOST);

export type AddDraft = { text: string; ticked: ReadonlySet<number>; insist: boolean; note: string };

/** What would be put on the ticket of what is named and ticked: those that can be, those on it already, those with another open ticket. Null: nobody has looked yet; what is asked for is asked for. */
export function sorted({ text, ticked }: AddDraft, offers: LinkOffers | null): { added: number[]; here: number[]; rivals: LinkOffer[]; missing: readonly number[] } {
  const { numbers } = numbersIn(text);
  if (offers === null) return { added: [...new Set([...numbers, ...ticked])], here: [], rivals: [], missing: [] };
  const wanted = offers.findings.filter(({ number }) => numbers.includes(number) || ticked.has(number));
  return {
    added: wanted.filter(({ isHere }) => !isHere).map(({ number }) => number), here: wanted.filter(({ isHere }) => isHere).map(({ number }) => number),
    rivals: wanted.filter(({ isHere, ticket }) => !isHere && ticket !== null), missing: offers.missing.filter((number) => numbers.includes(number)),
  };
}

/** How many will be put on it: one with another open ticket only where that is meant. */
export function countOf(draft: AddDraft, offers: LinkOffers | null): number {
  const { added, rivals } = sorted(draft, offers);
  return draft.insist ? added.length : added.length - rivals.length;
}

/** What stands in the way, at the field that mends it. */
export function faultsOf(draft: AddDraft, offers: LinkOffers | null): Partial<Record<"text" | "insist" | "note", string>> {
  const { numbers, stranger } = numbersIn(draft.text);
  const { added, here, rivals, missing } = sorted(draft, offers);
  const [first] = rivals;
  if (stranger !== null) return { text: `“${stranger}” is no number of a finding.` };
  const wanted = new Set([...numbers, ...draft.ticked]).size;
  if (wanted > MOST) return { text: `At most ${MOST} at once: these are ${wanted}.` };
  if (missing[0] !== undefined) return { text: `There is no finding F-${missing[0]} here.` };
  if (added.length === 0) return { text: here[0] === undefined ? "Name a finding, or tick one below." : `F-${here[0]} is on it already.` };
  if (first && !draft.insist) return { insist: `F-${first.number} has an open ticket already: T-${first.ticket}. Insist, or leave it out.` };
  return first && draft.note.trim() === "" ? { note: "Say why a second open ticket is meant." } : {};
}
