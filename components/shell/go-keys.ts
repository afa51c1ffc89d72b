"use client";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { isSpokenFor, letterKeysAreOn } from "./letter-keys";

const PATIENCE_MS = 1_500;

/** `g`, then a letter: goes to an area. Heard before the screen's own keys, so that the letter is not taken for a command there. */
export function useGoKeys(addresses: Readonly<Record<string, string>>) {
  const router = useRouter();
  const pressed = useRef<number | null>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isSpokenFor(event) || !letterKeysAreOn() || event.key === "Shift") return;
    const isSecond = pressed.current !== null && event.timeStamp - pressed.current < PATIENCE_MS;
    pressed.current = !isSecond && event.key === "g" ? event.timeStamp : null;
    const address = isSecond ? addresses[event.key] : undefined;
    if (address === undefined) return;
    event.preventDefault(); // from here on it is spoken for
    router.push(address);
  });

  useEffect(() => {
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
