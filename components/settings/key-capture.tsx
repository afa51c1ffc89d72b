"use client";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { capsOf, chordOf, conflictsOf, type Remapped } from "@/components/shell/chords";
import { Chord } from "@/components/shell/keyboard-dialog";
import { COMMAND_WORDS } from "@/components/shell/command-words";
import { COMMANDS, type CommandRow, type KnownCommand } from "@/components/shell/keys";
import { Button } from "@/components/ui/button";

const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "CapsLock", "Dead"];
/** Keys that stay what they are everywhere, so that nobody locks themselves in. */
const KEPT = ["Tab", "Shift+Tab", "Enter", "Escape", "Space", " "];
const FIXED: readonly string[] = COMMANDS.flatMap((row: CommandRow) => [...(row.fixed ?? [])]);

function faultOf(chord: string): string | null {
  if (KEPT.includes(chord) || FIXED.includes(chord)) return "This key keeps its meaning everywhere: press another.";
  return chord.includes("Mod+") || chord.includes("Alt+") ? "Keys with Ctrl, ⌘ or Alt belong to the browser: press another." : null;
}

type Props = { row: KnownCommand; remapped: Remapped; isMac: boolean; onTake: (chord: string | null) => void; onCancel: () => void };

/** Waits for the next key press. What it already stands for is shown before it is taken away from there. */
export function KeyCapture({ row, remapped, isMac, onTake, onCancel }: Props) {
  const [wanted, setWanted] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const clashes = wanted === null ? [] : conflictsOf(row, wanted, remapped);
  useEffect(() => box.current?.focus(), []);

  function onKeyDown(event: KeyboardEvent) {
    if (MODIFIERS.includes(event.key) || event.key === "Tab") return;
    if (event.key === "Escape") { event.preventDefault(); return onCancel(); }
    if (event.target !== box.current) return;
    event.preventDefault();
    if (event.key === "Backspace" || event.key === "Delete") return onTake(null);
    const chord = chordOf(event.nativeEvent);
    if (event.key === "Enter" && wanted !== null && fault === null) return onTake(wanted);
    const wrong = faultOf(chord);
    setFault(wrong);
    setWanted(wrong ? null : chord);
    if (!wrong && conflictsOf(row, chord, remapped).length === 0) onTake(chord);
  }

  return (
    <div className="flex basis-full flex-wrap items-center gap-2" onKeyDown={onKeyDown}>
      <div ref={box} tabIndex={0} role="textbox" aria-readonly aria-label={`Press the new key for: ${COMMAND_WORDS[row.id]}`} className="flex min-w-44 items-center gap-1.5 rounded-md border border-accent bg-accent-soft px-2 py-1">
        {wanted === null ? "Press a key…" : <Chord chord={wanted} isMac={isMac} />}
      </div>
      {wanted !== null && clashes.length > 0 ? <Button size="xs" look="primary" onClick={() => onTake(wanted)}>Use it here</Button> : null}
      <Button size="xs" onClick={() => onTake(null)}>No key</Button>
      <Button size="xs" look="quiet" onClick={onCancel}>Cancel</Button>
      <span role="status" className="basis-full text-xs text-ink-2">
        {fault ?? (wanted !== null && clashes.length > 0 ? `${capsOf(wanted, isMac).join(" ")} stands for: ${clashes.map(({ id }) => COMMAND_WORDS[id]).join(", ")}. Enter takes it from there.` : "Backspace: no key. Esc: as it was.")}
      </span>
    </div>
  );
}
