"use client";
import { useEffect } from "react";
import { chordOf, isCharacter, leaders } from "./chords";
import { areKeysHeld, boundKeys, handlerOf, noteTouch } from "./command-registry";
import { commandOf, type CommandId } from "./keys";

const PATIENCE_MS = 1_500;
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [role=menu]";

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog][data-state=open], [popover]:popover-open") !== null;
}

/** Where the focus is decides what a key is for: a field takes letters, a control its Enter, a dialog everything. */
function isSpokenFor(event: KeyboardEvent, chord: string): boolean {
  if (event.defaultPrevented || event.isComposing || areKeysHeld() || isDialogOpen()) return true;
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.target.closest(FIELDS)) return !chord.startsWith("Mod+");
  return event.key === "Enter" && event.target.closest("a, button, summary") !== null;
}

/** May a key that the browser uses elsewhere be taken here? Only from the list, or from nowhere in particular. */
function isForList(event: KeyboardEvent, chord: string): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement) || target.closest(FIELDS)) return false;
  return target.closest("#queue") !== null || (target === document.body && !chord.startsWith("Mod+"));
}

function chosen(event: KeyboardEvent, chord: string): (() => void) | undefined {
  const ids: readonly CommandId[] = boundKeys().get(chord) ?? [];
  const id = ids.find((each) => handlerOf(each) !== undefined);
  if (!id) return undefined;
  const row = commandOf(id);
  if ((event.repeat && !row.repeats) || (row.inList && !isForList(event, chord))) return undefined;
  return handlerOf(id);
}

/** Hears every key of the page once, and gives it to the command that it stands for. `letters` off: characters alone are no commands. */
function listen(lettersAreOn: () => boolean): () => void {
  let pending: { chord: string; at: number } | null = null;

  function onKey(event: KeyboardEvent) {
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    const press = chordOf(event);
    const begun = pending !== null && event.timeStamp - pending.at < PATIENCE_MS ? pending : null;
    pending = null;
    if (isSpokenFor(event, press)) return;
    const chord = begun ? `${begun.chord} ${press}` : press;
    if (isCharacter(chord) && !lettersAreOn()) return;
    if (!begun && !event.repeat && leaders(boundKeys()).has(press)) {
      pending = { chord: press, at: event.timeStamp };
      return;
    }
    const act = chosen(event, chord);
    if (!act && !(begun && isCharacter(press))) return;
    event.preventDefault(); // the second key of a sequence that leads nowhere does nothing else either
    act?.();
  }
  const onTouch = (event: Event) => noteTouch(event.timeStamp);

  window.addEventListener("keydown", onTouch, { capture: true });
  window.addEventListener("pointerdown", onTouch, { capture: true });
  window.addEventListener("keydown", onKey);
  return () => {
    window.removeEventListener("keydown", onTouch, { capture: true });
    window.removeEventListener("pointerdown", onTouch, { capture: true });
    window.removeEventListener("keydown", onKey);
  };
}

/** The one listener for keys of an environment's screens. */
export function useKeyHost(lettersAreOn: () => boolean) {
  useEffect(() => listen(lettersAreOn), [lettersAreOn]);
}
