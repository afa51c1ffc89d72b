"use client";
import { useSyncExternalStore } from "react";

const STORE = "docket.letter-keys";
const CHANGED = "docket:letter-keys";

function watch(changed: () => void) {
  window.addEventListener("storage", changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener("storage", changed);
    window.removeEventListener(CHANGED, changed);
  };
}

export function letterKeysAreOn(): boolean {
  return window.localStorage.getItem(STORE) !== "off";
}

/** Whether single letters act as commands on this device; speech input users may switch them off. */
export function useLetterKeys(): [boolean, (on: boolean) => void] {
  const isOn = useSyncExternalStore(watch, letterKeysAreOn, () => true);
  function set(on: boolean) {
    window.localStorage.setItem(STORE, on ? "on" : "off");
    window.dispatchEvent(new Event(CHANGED));
  }
  return [isOn, set];
}

/** Is this key press meant for a field or an open dialog, and not for the screen? */
export function isSpokenFor(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target;
  if (target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=menu]")) return true;
  return document.querySelector("[role=dialog][data-state=open], [popover]:popover-open") !== null;
}
