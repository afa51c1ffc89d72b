"use client";
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { toast } from "@/components/ui/toast";
import type { Seen } from "@/lib/domain/views/actions";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { decisionLine, type Entry, type Lined } from "./decision-line";
import { findings } from "./outcome-toast";
import type { Guess } from "./queue-state";

/** One change of findings: what to call, what to paint meanwhile, and what to say when it is done. */
export type Deed = Lined & {
  did: string;
  guess: (row: FindingRow) => Guess;
  /** a decision on the finding itself: the cursor goes on to the next */
  isDecision?: boolean;
  /** the same on other findings */
  again?: (rows: readonly FindingRow[]) => Deed;
};

type Line = ReturnType<typeof decisionLine<Deed>>;

const lines = new Map<number, { line: Line; watchers: Set<() => void> }>();
/** Who hears of every line. */
const ears = new Set<() => void>();
/** Null: what was done last cannot be done again by a key. */
const newest = new Map<number, Deed | null>();
/** Who offers to repeat it. */
const offers = new Set<() => void>();

/** The line of an environment. It outlives the screen: what stands in it is sent also when somebody goes elsewhere in the meantime. */
export function lineOf(environment: number) {
  const known = lines.get(environment);
  if (known) return known;
  const watchers = new Set<() => void>();
  const line = decisionLine<Deed>(() => { for (const watch of [...watchers, ...ears]) watch(); }, { later: (act, ms) => setTimeout(act, ms), key: () => crypto.randomUUID() });
  const made = { line, watchers };
  lines.set(environment, made);
  return made;
}

/** Keeps a deed that can be done on other findings too, for whoever presses the key for that, also on the next screen. */
export function rememberDeed(environment: number, deed: Deed) {
  if (deed.again) setNewest(environment, deed);
}

/** What was done last is nothing that a key repeats, a bulk action: the decision before it is not repeated in its place. */
export function forgetDeed(environment: number) {
  setNewest(environment, null);
}

function setNewest(environment: number, deed: Deed | null) {
  newest.set(environment, deed);
  for (const changed of offers) changed();
}

function onOffers(changed: () => void) {
  offers.add(changed);
  return () => void offers.delete(changed);
}

/** What `repeatOn` would do now, for the control that offers it: "Repeat: Patched"; null: nothing. */
export function useRepeatLabel(environment: number): string | null {
  const did = useSyncExternalStore(onOffers, () => newest.get(environment)?.did ?? null, () => null);
  return did && `Repeat: ${did}`;
}

const NOTHING_YET = { title: "Nothing to repeat yet", description: "The first decision that you take can be repeated on others." };
const NOT_A_BULK = { title: "A bulk action is not repeated by a key", description: "The next decision that you take on findings here can be repeated on others." };

/** The newest deed of this tab once more, on these findings; says so where there is none. */
export function repeatOn(environment: number, rows: readonly FindingRow[], carryOut: (deed: Deed) => unknown) {
  const last = newest.get(environment);
  if (!last?.again) toast({ tone: "plain", ...(last === null ? NOT_A_BULK : NOTHING_YET), stays: 5_000 });
  else if (rows.length > 0) void carryOut(last.again(rows));
}

/** Has anybody else moved a finding since somebody looked at it? While a decision of our own is on its way nobody can tell. */
export function isMovedByOthers(environment: number, before: Seen, now: Seen): boolean {
  const own = lineOf(environment).line.ownVersion(before);
  return own !== null && now.version > own;
}

export type LineView = { underWay: number; stuck: readonly Entry<Deed>[] };

function viewOf(entries: readonly Entry<Deed>[]): LineView {
  return { underWay: entries.filter(({ standing }) => standing !== "stuck").length, stuck: entries.filter(({ standing }) => standing === "stuck") };
}

/** The line of this environment as it stands; `onStuck` and `onAgain` hear of what gives up and of what is sent again. */
export function useLine(environment: number, onStuck: (entry: Entry<Deed>) => void, onAgain: (entry: Entry<Deed>) => void) {
  const { line, watchers } = lineOf(environment);
  const [view, setView] = useState<LineView>(() => viewOf(line.entries()));
  const [told] = useState(() => new Set<number>());
  const onChange = useEffectEvent(() => {
    for (const entry of [...line.entries()]) {
      const isStuck = entry.standing === "stuck";
      if (isStuck === told.has(entry.id)) continue;
      if (isStuck) told.add(entry.id);
      else told.delete(entry.id);
      (isStuck ? onStuck : onAgain)(entry);
    }
    setView(viewOf(line.entries()));
  });

  useEffect(() => {
    const watch = () => onChange();
    watchers.add(watch);
    watch();
    return () => void watchers.delete(watch);
  }, [watchers]);

  return { line, view };
}

const everyLine = () => [...lines.values()].map(({ line }) => line);
const entriesOfAll = () => everyLine().flatMap((line) => line.entries());

/** Sends again what stands aside, in every line of this tab. */
export function retryAll() {
  for (const line of everyLine()) line.retry();
}

/** Gives up what stands aside. Of what may have been done all the same it says so: it is not taken back by that. */
export function discardAll() {
  const dropped = everyLine().flatMap((line) => line.entries().filter(({ id }) => line.drop(id)));
  const [first, ...more] = dropped.filter(({ mayBeDone }) => mayBeDone);
  if (!first) return;
  const { did, items } = first.deed;
  const what = more.length > 0 ? `${more.length + 1} decisions` : `${did}, ${items.length === 1 ? `F-${items[0]?.number}` : findings(items.length)}`;
  toast({ tone: "plain", title: `Given up, but perhaps done: ${what}`, description: "It was sent and had no answer. Where it was done, the finding shows it, and its timeline takes it back.", stays: 12_000 });
}

const NOTHING: LineView = { underWay: 0, stuck: [] };

/**
 * What stands in all lines of this tab. Mounted once, in the frame of every page: what has no answer is sent again when the network is
 * back, and closing the tab asks first, wherever somebody went meanwhile.
 */
export function useAllLines(): LineView {
  const [view, setView] = useState(NOTHING);
  useEffect(() => {
    const look = () => setView(viewOf(entriesOfAll()));
    const leave = (event: BeforeUnloadEvent) => { if (entriesOfAll().some(({ standing }) => standing !== "sending")) event.preventDefault(); };
    ears.add(look);
    look();
    window.addEventListener("online", retryAll);
    window.addEventListener("beforeunload", leave);
    return () => {
      ears.delete(look);
      window.removeEventListener("online", retryAll);
      window.removeEventListener("beforeunload", leave);
    };
  }, []);
  return view;
}
