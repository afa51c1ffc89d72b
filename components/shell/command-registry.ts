"use client";
import { useEffect, useRef } from "react";
import { bindings, capsOf, keysOf, type Remapped } from "./chords";
import { COMMANDS, commandOf, type CommandId, type KnownCommand } from "./keys";

/** What the commands do on the screen that is shown; a command without a handler does not answer there. */
export type Handlers = Partial<Record<CommandId, () => void>>;

type Entry = { current: Handlers };

const screens: Entry[] = [];

/** What a command does here, by the part of the screen that came last; undefined where it does nothing. */
export function handlerOf(id: CommandId): (() => void) | undefined {
  return screens.findLast(({ current }) => current[id] !== undefined)?.current[id];
}

/** The commands that answer here now, in the table's order. */
export function answeringCommands(): KnownCommand[] {
  return COMMANDS.filter(({ id }) => handlerOf(id) !== undefined);
}

/** Answers to commands while this part of the screen is shown: by key, from the palette, from wherever else they are offered. */
export function useCommandKeys(handlers: Handlers) {
  const latest = useRef<Handlers>({});
  useEffect(() => { latest.current = handlers; });
  useEffect(() => {
    screens.push(latest);
    return () => void screens.splice(screens.indexOf(latest), 1);
  }, []);
}

let held = 0;

/** Keeps keys from being commands while something that was asked for is not drawn yet: they are meant for it. Gives the way to end that. */
export function holdKeys(): () => void {
  held += 1;
  return () => { held -= 1; };
}

export function areKeysHeld(): boolean {
  return held > 0;
}

let touched = 0;

/** Remembers that a key or the pointer was pressed just now. */
export function noteTouch(at: number) {
  touched = at;
}

/** This moment, to ask `untouchedSince` about later. */
export function thisMoment(): number {
  return performance.now();
}

/** Has the person pressed nothing since this moment ? Then what comes back may take the cursor with it. */
export function untouchedSince(at: number): boolean {
  return touched <= at;
}

let worn: { remapped: Remapped; isMac: boolean; bound: ReadonlyMap<string, readonly CommandId[]> } = { remapped: {}, isMac: false, bound: bindings({}) };

/** The keys of the person who looks at this page. */
export function wearKeys(remapped: Remapped, isMac: boolean) {
  worn = { remapped, isMac, bound: bindings(remapped) };
}

export function boundKeys() {
  return worn.bound;
}

/** " (z)", or nothing for a command without a key: for texts outside of components. */
export function keyInBrackets(id: CommandId): string {
  const [chord] = keysOf(commandOf(id), worn.remapped);
  return chord ? ` (${capsOf(chord, worn.isMac).join(" ")})` : "";
}
