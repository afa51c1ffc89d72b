"use client";
import Link from "next/link";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { can, type Role } from "@/lib/domain/access/can";
import { capsOf, isCharacter, keysOf } from "./chords";
import { useKeyboard } from "./keyboard";
import { COMMAND_WORDS } from "./command-words";
import { COMMANDS, GROUPS, type KnownCommand } from "./keys";

const ROWS: readonly KnownCommand[] = COMMANDS;

/** The key caps of one press; read out as one name. */
export function Chord({ chord, isMac }: { chord: string; isMac: boolean }) {
  const caps = capsOf(chord, isMac);
  return <span className="inline-flex items-center gap-0.5"><span className="sr-only">{caps.join(" ")}</span>{caps.map((cap, at) => <Kbd key={at}>{cap}</Kbd>)}</span>;
}

/** The switch for single characters; the same in the list of keys and in the settings. */
export function LettersSwitch() {
  const { settings, change } = useKeyboard();
  return (
    <label className="flex items-start gap-2.5 rounded-lg bg-sunk px-3 py-2.5">
      <input type="checkbox" checked={settings.letters} onChange={(event) => change({ letters: event.target.checked })} className="mt-0.5 accent-(--accent)" />
      <span>
        <span className="font-medium">Single letters act as commands</span>
        <span className="block text-xs text-ink-2">Switch this off if you dictate, or press letters by accident. Enter, Esc, arrows and every button keep working. Kept with your account.</span>
      </span>
    </label>
  );
}

/** Every key of the screens that this role can use, as this person has them. */
export function KeyboardDialog({ role, environment, onClose }: { role: Role; environment: number; onClose: () => void }) {
  const { settings, isMac } = useKeyboard();
  const shown = ROWS.filter((row) => !row.act || can(role, row.act)).map((row) => ({ row, chords: keysOf(row, settings.keys).filter((chord) => settings.letters || !isCharacter(chord)) }));
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} width={980}>
      <div className="gap-x-8 sm:columns-2 lg:columns-3">
        {GROUPS.map((group) => {
          const rows = shown.filter(({ row, chords }) => row.group === group && chords.length > 0);
          return rows.length === 0 ? null : (
            <section key={group} className="mb-4 break-inside-avoid">
              <h3 className="mb-1 text-xs font-medium text-ink-3">{group}</h3>
              <dl>
                {rows.map(({ row, chords }) => (
                  <div key={row.id} className="flex items-center justify-between gap-3 py-[3px]">
                    <dt>{COMMAND_WORDS[row.id]}</dt>
                    <dd className="flex shrink-0 items-center gap-1.5">{chords.map((chord) => <Chord key={chord} chord={chord} isMac={isMac} />)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <LettersSwitch />
        <Link href={`/e/${environment}/settings`} onClick={onClose} className="font-medium text-accent hover:underline">Change keys…</Link>
      </div>
    </Dialog>
  );
}
