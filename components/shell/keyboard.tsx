"use client";
import { createContext, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/toast";
import { DEFAULT_KEYBOARD, type KeyboardSettings } from "@/lib/domain/person/keyboard";
import type { Result } from "@/lib/domain/refusal";
import { ariaOf, capsOf, isCharacter, keysOf } from "./chords";
import { wearKeys } from "./command-registry";
import { useKeyHost } from "./key-host";
import { commandOf, type CommandId } from "./keys";

export type SaveKeyboard = (raw: { environment: number; keyboard: KeyboardSettings }) => Promise<Result<KeyboardSettings>>;

type Keyboard = { settings: KeyboardSettings; isMac: boolean; change: (part: Partial<KeyboardSettings>) => void };

const Context = createContext<Keyboard>({ settings: DEFAULT_KEYBOARD, isMac: false, change: () => undefined });

const never = () => () => undefined;
const onMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** Saves what stands, one call at a time; what changed meanwhile follows in one more. */
function useSaving(environment: number, save: SaveKeyboard) {
  const waiting = useRef<KeyboardSettings | null>(null);
  const isSaving = useRef(false);
  return async (keyboard: KeyboardSettings) => {
    waiting.current = keyboard;
    if (isSaving.current) return;
    isSaving.current = true;
    for (let next: KeyboardSettings | null = keyboard; next; next = waiting.current) {
      waiting.current = null;
      const saved = await save({ environment, keyboard: next }).catch(() => null);
      if (!saved?.ok) toast({ tone: "error", title: "Your keyboard settings were not saved", description: saved ? saved.refusal.message : "Docket did not answer. They hold until this page is left.", stays: 10_000 });
    }
    isSaving.current = false;
  };
}

/** Gives every screen below it this person's keys, hears them, and keeps what they change. */
export function KeyboardProvider({ first, environment, save, children }: { first: KeyboardSettings; environment: number; save: SaveKeyboard; children: ReactNode }) {
  const [settings, set] = useState(first);
  const isMac = useSyncExternalStore(never, onMac, () => false);
  const store = useSaving(environment, save);
  const letters = useRef(first.letters);
  useEffect(() => {
    letters.current = settings.letters;
    wearKeys(settings.keys, isMac);
  }, [settings, isMac]);
  useKeyHost(useMemo(() => () => letters.current, []));

  function change(part: Partial<KeyboardSettings>) {
    const next = { ...settings, ...part };
    set(next);
    void store(next);
  }
  return <Context value={{ settings, isMac, change }}>{children}</Context>;
}

export function useKeyboard(): Keyboard {
  return useContext(Context);
}

export type KeyHint = { caps: readonly string[]; aria: string; text: string };

/** How a command is pressed by this person, for its button; null when it has no key, or letters are off. */
export function useKeyHints(): (id: CommandId) => KeyHint | null {
  const { settings, isMac } = useKeyboard();
  return (id) => {
    const [chord] = keysOf(commandOf(id), settings.keys);
    if (!chord || (!settings.letters && isCharacter(chord))) return null;
    const caps = capsOf(chord, isMac);
    return { caps, aria: ariaOf(chord, isMac), text: caps.join(" ") };
  };
}

/** The key caps of a command; nothing where it has none. */
export function KeyCaps({ of, inverse }: { of: CommandId; inverse?: boolean }) {
  const hint = useKeyHints()(of);
  return hint ? <Kbd inverse={inverse}>{hint.text}</Kbd> : null;
}
