import { accept, complete, type Completion, type Offer } from "@/lib/domain/filter/complete";
import type { CompletionValues } from "@/lib/domain/views/actions";

export { accept };

const MOST = 12;

type Values = CompletionValues["values"];

/** What can stand under the cursor: of the language, and of what `valuesFor` knows of this environment. `first`: the offer that Enter takes unless the arrows reach another, -1 none. */
export type Look = { completion: Completion; offers: readonly Offer[]; first: number };

function offersOf(completion: Completion, typed: string, values: Values): readonly Offer[] {
  const live = values.map(({ value, label }): Offer => ({ kind: "value", text: value, label: value, does: label ?? "" }));
  const known = new Set(completion.offers.map((offer) => offer.text));
  const all = [...completion.offers, ...live.filter((offer) => !known.has(offer.text))];
  const shown = completion.live ? all.slice(0, MOST) : all;
  return shown.length === 1 && shown[0]?.text === typed ? [] : shown;
}

/** Of a closed list the first that fits is meant by a half word: Enter takes it. Names may stand as they were typed. */
function firstOf(completion: Completion, typed: string, offers: readonly Offer[]): number {
  const isHalf = typed !== "" && completion.live === null && offers[0]?.kind === "value" && offers.every((offer) => offer.text !== typed);
  return isHalf ? 0 : -1;
}

export function lookAt(text: string, cursor: number, valuesFor: (live: Completion["live"]) => Values): Look {
  const completion = complete(text, cursor);
  const typed = text.slice(completion.from, completion.to);
  const offers = offersOf(completion, typed, valuesFor(completion.live));
  return { completion, offers, first: firstOf(completion, typed, offers) };
}
