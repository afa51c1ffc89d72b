"use client";
import { useEffect, useEffectEvent } from "react";
import { isSpokenFor, letterKeysAreOn } from "@/components/shell/letter-keys";

/** What each key does, by `event.key`; capitals stand for Shift. */
export type KeyMap = Readonly<Record<string, () => void>>;

const NAMED = ["Enter", "Escape", "ArrowDown", "ArrowUp"];

/** Is a key about to press a control that has the focus? Then it is the control's. */
function pressesControl(event: KeyboardEvent): boolean {
  return event.key === "Enter" && event.target instanceof HTMLElement && event.target.closest("a, button, summary") !== null;
}

/** Listens for a screen's keys. Letters obey the setting that switches them off; Enter, Escape and arrows do not. */
export function useQueueKeys(keys: KeyMap) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || isSpokenFor(event) || pressesControl(event)) return;
    if (!NAMED.includes(event.key) && !letterKeysAreOn()) return;
    event.preventDefault();
    act();
  });

  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
