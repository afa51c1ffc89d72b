"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { toast } from "@/components/ui/toast";
import type { Seen } from "@/lib/domain/views/actions";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { decisionLine, type Entry, type Lined } from "./decision-line";
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
/** Null: what was done last cannot be done again by a key. */
const newest = new Map<number, Deed | null>();

/** The line of an environment. It outlives the screen: what stands in it is sent also when somebody goes elsewhere in the meantime. */
function lineOf(environment: number) {
  const known = lines.get(environment);
  if (known) return known;
  const watchers = new Set<() => void>();
  const line = decisionLine<Deed>(() => { for (const watch of watchers) watch(); }, { later: (act, ms) => setTimeout(act, ms), key: () => crypto.randomUUID() });
  const made = { line, watchers };
  lines.set(environment, made);
  return made;
}

/** Keeps a deed that can be done on other findings too, for whoever presses the key for that, also on the next screen. */
export function rememberDeed(environment: number, deed: Deed) {
  if (deed.again) newest.set(environment, deed);
}

/** What was done last is nothing that a key repeats, a bulk action: the decision before it is not repeated in its place. */
export function forgetDeed(environment: number) {
  newest.set(environment, null);
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

function viewOf(line: Line): LineView {
  const entries = line.entries();
  return { underWay: entries.filter(({ standing }) => standing !== "stuck").length, stuck: entries.filter(({ standing }) => standing === "stuck") };
}

/** The line of this environment as it stands; `onStuck` and `onAgain` hear of what gives up and of what is sent again. */
export function useLine(environment: number, onStuck: (entry: Entry<Deed>) => void, onAgain: (entry: Entry<Deed>) => void) {
  const { line, watchers } = lineOf(environment);
  const [view, setView] = useState<LineView>(() => viewOf(line));
  const [told] = useState(() => new Set<number>());
  const onChange = useEffectEvent(() => {
    for (const entry of [...line.entries()]) {
      const isStuck = entry.standing === "stuck";
      if (isStuck === told.has(entry.id)) continue;
      if (isStuck) told.add(entry.id);
      else told.delete(entry.id);
      (isStuck ? onStuck : onAgain)(entry);
    }
    setView(viewOf(line));
  });

  useEffect(() => {
    const watch = () => onChange();
    const online = () => line.retry();
    const leave = (event: BeforeUnloadEvent) => { if (line.entries().some(({ standing }) => standing !== "sending")) event.preventDefault(); };
    watchers.add(watch);
    watch();
    window.addEventListener("online", online);
    window.addEventListener("beforeunload", leave);
    return () => {
      watchers.delete(watch);
      window.removeEventListener("online", online);
      window.removeEventListener("beforeunload", leave);
    };
  }, [line, watchers]);

  return { line, view };
}
