"use client";
import { useRef, useState } from "react";
import { useAhead } from "@/components/ui/ahead";
import type { Completion, Offer } from "@/lib/domain/filter/complete";
import type { TextFault } from "@/lib/domain/filter/lex";
import type { Chip } from "@/lib/domain/filter/query";
import type { CompletionValues, FindingActions } from "@/lib/domain/views/actions";
import type { QueueFilter } from "@/lib/domain/views/alerts";

const PAUSE_MS = 120;

type Draft = {
  text: string;
  cursor: number;
  /** the list is wanted; it is shown when there is something to offer */
  isOpen: boolean;
  /** the offer that the arrows have reached, -1 none; null where they have not been used */
  active: number | null;
  /** what was found wrong when it was sent; looked at again with every key after that */
  faults: readonly TextFault[];
  /** the chip whose text is being changed: the queue stays as it is until the new text is sent */
  editing: Chip | null;
};

const completer = () => import("./filter-offers");
type Completer = Awaited<ReturnType<typeof completer>>;

const EMPTY: Draft = { text: "", cursor: 0, isOpen: false, active: -1, faults: [], editing: null };
const NO_OFFERS: readonly Offer[] = [];
const NO_VALUES: CompletionValues["values"] = [];

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
  const parts = useAhead(completer, draft.isOpen || draft.text !== "");
  const look = draft.isOpen && parts ? parts.lookAt(draft.text, draft.cursor, live.valuesFor) : null;
  const base = draft.editing?.without ?? filter;

  /** The text as it stands now, after a key, a click or an accepted offer. */
  function put(text: string, cursor: number, isOpen = true) {
    if (!isOpen) live.ask(null);
    else void completer().then((known) => live.ask(known.lookAt(text, cursor, live.valuesFor).completion.live), () => undefined);
    const faults = parts && draft.faults.length > 0 ? parts.addQuery(base, text).faults : [];
    setDraft({ ...draft, text, cursor, isOpen, faults, active: isOpen ? null : -1 });
  }

  function taken(known: Completer, completion: Completion, offer: Offer): string {
    const next = known.accept(draft.text, completion, offer);
    put(next.text, next.cursor, offer.kind === "field" || offer.kind === "word");
    return next.text;
  }

  /** Tab or Enter: takes the offer that is meant, also where the key was faster than what knows the offers. */
  async function press(key: "Tab" | "Enter") {
    const known = parts ?? (await completer().catch(() => null));
    if (!known) return; // without what reads filters nothing can be said of it; the text stays
    const seen = draft.isOpen ? known.lookAt(draft.text, draft.cursor, live.valuesFor) : null;
    const reached = seen?.offers[draft.active ?? seen.first];
    const offer = reached ?? (key === "Tab" ? seen?.offers[0] : undefined);
    const text = seen && offer ? taken(known, seen.completion, offer) : draft.text;
    const isWhole = !offer || offer.kind === "value" || offer.kind === "condition";
    if (key === "Enter" && isWhole && send(known, text)) document.getElementById("queue")?.focus({ preventScroll: true });
  }

  /** Narrows the queue by the text, or shows where it cannot be read. Says whether it went. */
  function send(known: Completer, text: string): boolean {
    const asked = known.addQuery(base, text);
    live.ask(null);
    if (asked.faults.length > 0) {
      setDraft({ ...draft, text, isOpen: false, active: -1, faults: asked.faults });
      return false;
    }
    setDraft(EMPTY);
    if (text.trim() !== "" || draft.editing) onGo(asked.filter);
    return true;
  }

  const offers = look?.offers ?? NO_OFFERS;
  return {
    draft, offers, active: draft.active ?? look?.first ?? -1, parts, put, press,
    take: (offer: Offer) => { if (parts && look) taken(parts, look.completion, offer); },
    edit: (chip: Chip) => setDraft({ ...EMPTY, text: chip.text, cursor: chip.text.length, editing: chip }),
    offer: () => setDraft((now) => (now.text === "" ? { ...now, isOpen: true, active: -1 } : now)),
    reach: (active: number) => setDraft((now) => ({ ...now, isOpen: true, active })),
    close: () => setDraft((now) => ({ ...now, isOpen: false, active: -1 })), // also on leaving the field, right after the text was sent
    reset: () => setDraft(EMPTY),
  };
}

export type FilterFieldState = ReturnType<typeof useFilterField>;
