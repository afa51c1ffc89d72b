"use client";
import { useRef, useState } from "react";
import { accept, complete, type Completion, type Offer } from "@/lib/domain/filter/complete";
import type { TextFault } from "@/lib/domain/filter/lex";
import { addQuery, type Chip } from "@/lib/domain/filter/query";
import type { CompletionValues, FindingActions } from "@/lib/domain/views/actions";
import type { QueueFilter } from "@/lib/domain/views/alerts";

const PAUSE_MS = 120;
const MOST = 12;

type Draft = {
  text: string;
  cursor: number;
  /** the list is wanted; it is shown when there is something to offer */
  isOpen: boolean;
  /** the offer that the arrows have reached, -1 none */
  active: number;
  /** what was found wrong when it was sent; looked at again with every key after that */
  faults: readonly TextFault[];
  /** the chip whose text is being changed: the queue stays as it is until the new text is sent */
  editing: Chip | null;
};

const EMPTY: Draft = { text: "", cursor: 0, isOpen: false, active: -1, faults: [], editing: null };
const NO_VALUES: CompletionValues["values"] = [];

function offersOf(completion: Completion, text: string, values: CompletionValues["values"]): Offer[] {
  const typed = text.slice(completion.from, completion.to);
  const live = values.map(({ value, label }): Offer => ({ kind: "value", text: value, label: value, does: label ?? "" }));
  const known = new Set(completion.offers.map((offer) => offer.text));
  const all = [...completion.offers, ...live.filter((offer) => !known.has(offer.text))];
  const shown = completion.live ? all.slice(0, MOST) : all;
  return shown.length === 1 && shown[0]?.text === typed ? [] : shown;
}

/** Of a closed list the first that fits is meant by a half word: Enter takes it. Names may stand as they were typed. */
function firstActive(completion: Completion, text: string, offers: readonly Offer[]): number {
  const typed = text.slice(completion.from, completion.to);
  const isHalf = typed !== "" && completion.live === null && offers[0]?.kind === "value" && offers.every((offer) => offer.text !== typed);
  return isHalf ? 0 : -1;
}

/** Values of the environment for what stands under the cursor, asked after a moment without a key. */
function useLiveValues(environment: number, load: FindingActions["loadCompletions"]) {
  const [found, setFound] = useState<{ asked: string; values: CompletionValues["values"] }>({ asked: "", values: NO_VALUES });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wanted = useRef("");
  const keyOf = (live: Completion["live"]) => (live === null ? "" : `${live.source}:${live.prefix}`);

  function ask(live: Completion["live"]) {
    clearTimeout(timer.current);
    wanted.current = keyOf(live);
    if (live === null || found.asked === wanted.current) return;
    timer.current = setTimeout(() => void send(live), PAUSE_MS);
  }
  async function send(live: NonNullable<Completion["live"]>) {
    const asked = keyOf(live);
    const answer = await load({ environment, source: live.source, prefix: live.prefix.replace(/[*"]/g, "").slice(0, 100) }).catch(() => null);
    if (answer?.ok && wanted.current === asked) setFound({ asked, values: answer.value.values });
  }
  return { ask, valuesFor: (live: Completion["live"]) => (live !== null && found.asked === keyOf(live) ? found.values : NO_VALUES) };
}

export type FieldDoors = { environment: number; filter: QueueFilter; load: FindingActions["loadCompletions"]; onGo: (filter: QueueFilter) => void };

/** The text that is being typed on top of a filter: its completion, its mistakes, and what becomes of it when it is sent. */
export function useFilterField({ environment, filter, load, onGo }: FieldDoors) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const live = useLiveValues(environment, load);
  const completion = complete(draft.text, draft.cursor);
  const offers = draft.isOpen ? offersOf(completion, draft.text, live.valuesFor(completion.live)) : [];
  const base = draft.editing?.without ?? filter;

  /** The text as it stands now, after a key, a click or an accepted offer. */
  function put(text: string, cursor: number, isOpen = true) {
    const next = complete(text, cursor);
    live.ask(isOpen ? next.live : null);
    const faults = draft.faults.length > 0 ? addQuery(base, text).faults : [];
    setDraft({ ...draft, text, cursor, isOpen, faults, active: isOpen ? firstActive(next, text, offersOf(next, text, live.valuesFor(next.live))) : -1 });
  }

  function take(offer: Offer): { text: string; cursor: number } {
    const next = accept(draft.text, completion, offer);
    put(next.text, next.cursor, offer.kind === "field" || offer.kind === "word");
    return next;
  }

  /** Narrows the queue by the text, or shows where it cannot be read. Says whether it went. */
  function send(text = draft.text): boolean {
    const asked = addQuery(base, text);
    live.ask(null);
    if (asked.faults.length > 0) {
      setDraft({ ...draft, text, isOpen: false, active: -1, faults: asked.faults });
      return false;
    }
    setDraft(EMPTY);
    if (text.trim() !== "" || draft.editing) onGo(asked.filter);
    return true;
  }

  return {
    draft, offers, put, take, send,
    edit: (chip: Chip) => setDraft({ ...EMPTY, text: chip.text, cursor: chip.text.length, editing: chip }),
    offer: () => setDraft((now) => (now.text === "" ? { ...now, isOpen: true, active: -1 } : now)),
    reach: (active: number) => setDraft((now) => ({ ...now, isOpen: true, active })),
    close: () => setDraft((now) => ({ ...now, isOpen: false, active: -1 })), // also on leaving the field, right after the text was sent
    reset: () => setDraft(EMPTY),
  };
}

export type FilterFieldState = ReturnType<typeof useFilterField>;
