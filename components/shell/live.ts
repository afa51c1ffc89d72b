"use client";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

/** What changed of a kind: numbers or ids, or so many, or so unknown, that a screen looks at all it shows. */
export type Changed = readonly number[] | "many";
export type LiveKind = "findings" | "bulks" | "scans" | "tickets" | "notices";
export type Looker = { id: number; name: string };

const KINDS = ["findings", "bulks", "scans", "tickets", "notices"] as const satisfies readonly LiveKind[];
/** What comes within so many milliseconds is heard as one. */
const GATHER_MS = 150;
const MOST = 200;
/** A hidden tab lets its stream go: a browser has few connections to a site, and this one would hold one of them. */
const HIDDEN_MS = 5_000;
const COME_BACK_MS = [2_000, 5_000, 15_000, 30_000] as const;

type Listener = { kind: LiveKind; tell: (changed: Changed) => void };

const listeners = new Set<Listener>();
const watchers = new Set<() => void>();
const NO_LOOKS: ReadonlyMap<number, readonly Looker[]> = new Map();
let looks = NO_LOOKS;
/** The stream stands: whoever begins to listen now may have missed what came before. */
let isLive = false;

function tell(kind: LiveKind, changed: Changed) {
  for (const listener of listeners) if (listener.kind === kind) listener.tell(changed);
}

function numbersIn(value: unknown): Changed | null {
  if (value === "many" || value === true) return "many";
  return Array.isArray(value) ? value.filter((one) => typeof one === "number") : null;
}

function hearChange(data: string) {
  const kinds: unknown = JSON.parse(data);
  if (typeof kinds !== "object" || kinds === null) return;
  const said = new Map(Object.entries(kinds));
  for (const kind of KINDS) {
    const changed = numbersIn(said.get(kind));
    if (changed) tell(kind, changed);
  }
}

type Told = { number: number; person: Looker };

function isLook(value: unknown): value is Told {
  return typeof value === "object" && value !== null && "number" in value && typeof value.number === "number" && "person" in value && typeof value.person === "object";
}

function hearLooks(data: string) {
  const found: unknown = JSON.parse(data);
  const next = new Map<number, Looker[]>();
  for (const { number, person } of Array.isArray(found) ? found.filter(isLook) : []) next.set(number, [...(next.get(number) ?? []), person]);
  looks = next;
  for (const changed of watchers) changed();
}

/** The stream of one environment, for as long as somebody sees this tab. Comes back by itself; what was missed is "many". */
function follow(environment: number): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failed = 0;

  function open() {
    clearTimeout(timer);
    if (source) return;
    const opened = new EventSource(`/api/e/${environment}/events`);
    source = opened;
    opened.addEventListener("resync", () => { failed = 0; isLive = true; for (const kind of KINDS) tell(kind, "many"); });
    opened.addEventListener("changed", ({ data }) => hearChange(data));
    opened.addEventListener("presence", ({ data }) => hearLooks(data));
    opened.addEventListener("crowded", close);
    opened.onerror = () => {
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return; // else the browser comes back by itself
      close();
      timer = setTimeout(open, COME_BACK_MS[Math.min(failed++, COME_BACK_MS.length - 1)]);
    };
  }
  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
    isLive = false;
    hearLooks("[]");
  }
  function turned() {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(close, HIDDEN_MS);
    else open();
  }
  document.addEventListener("visibilitychange", turned);
  window.addEventListener("focus", open);
  if (!document.hidden) open();
  return () => {
    document.removeEventListener("visibilitychange", turned);
    window.removeEventListener("focus", open);
    close();
  };
}

/** Stands once in the frame of every screen: the one stream of this tab. */
export function LiveLine({ environment }: { environment: number }) {
  useEffect(() => follow(environment), [environment]);
  return null;
}

/** Calls `handler` soon after something of this kind changed, whoever changed it; with "many" after a gap, and once at the beginning. */
export function useLive(kind: LiveKind, handler: (changed: Changed) => void) {
  const heard = useEffectEvent(handler);
  useEffect(() => {
    let gathered: Changed | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listener: Listener = {
      kind,
      tell(changed) {
        const all: Changed = changed === "many" || gathered === "many" ? "many" : [...new Set([...(gathered ?? []), ...changed])];
        gathered = all.length > MOST ? "many" : all;
        timer ??= setTimeout(() => {
          const now = gathered ?? "many";
          gathered = null;
          timer = undefined;
          heard(now);
        }, GATHER_MS);
      },
    };
    listeners.add(listener);
    if (isLive) listener.tell("many");
    return () => {
      listeners.delete(listener);
      clearTimeout(timer);
    };
  }, [kind]);
}

const lookStore = {
  subscribe(changed: () => void) {
    watchers.add(changed);
    return () => watchers.delete(changed);
  },
  read: () => looks,
  none: () => NO_LOOKS,
};

/** Who has which finding open right now, this person included. */
export function useLooks(): ReadonlyMap<number, readonly Looker[]> {
  return useSyncExternalStore(lookStore.subscribe, lookStore.read, lookStore.none);
}
