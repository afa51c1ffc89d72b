"use client";
import clsx from "clsx";
import { useState } from "react";
import { capsOf, conflictsOf, keysOf, type Remapped } from "@/components/shell/chords";
import { useKeyboard } from "@/components/shell/keyboard";
import { Chord } from "@/components/shell/keyboard-dialog";
import { COMMAND_WORDS } from "@/components/shell/command-words";
import { COMMANDS, GROUPS, type KnownCommand } from "@/components/shell/keys";
import { Button } from "@/components/ui/button";
import { can, type Role } from "@/lib/domain/access/can";
import { KeyCapture } from "./key-capture";

const ROWS: readonly KnownCommand[] = COMMANDS;

/** The settings with other keys for one command; the defaults are not stored. */
function withKeys(row: KnownCommand, chords: readonly string[], remapped: Remapped): Record<string, string[]> {
  const next = Object.fromEntries(Object.entries(remapped).filter(([id]) => id !== row.id).map(([id, keys]) => [id, [...keys]]));
  return JSON.stringify(chords) === JSON.stringify(row.keys) ? next : { ...next, [row.id]: [...chords] };
}

/** The settings with a key taken away from the commands that it would clash with. */
function withoutClashes(row: KnownCommand, chord: string, remapped: Remapped): Remapped {
  return conflictsOf(row, chord, remapped).reduce((so: Remapped, other) => withKeys(other, keysOf(other, so).filter((each) => each !== chord && !each.startsWith(`${chord} `) && !other.fixed?.includes(each)), so), remapped);
}

type RowProps = { row: KnownCommand; isAsking: boolean; onAsk: (isAsking: boolean) => void; onSay: (text: string) => void };

function Row({ row, isAsking, onAsk, onSay }: RowProps) {
  const { settings, isMac, change } = useKeyboard();
  const mine = settings.keys[row.id] ?? row.keys;
  const clashes = mine.flatMap((chord) => conflictsOf(row, chord, settings.keys));
  const isChanged = settings.keys[row.id] !== undefined;

  function take(chord: string | null) {
    onAsk(false);
    if (chord === null) change({ keys: withKeys(row, [], settings.keys) });
    else change({ keys: withKeys(row, [chord], withoutClashes(row, chord, settings.keys)) });
    onSay(chord === null ? `${COMMAND_WORDS[row.id]} has no key now.` : `${COMMAND_WORDS[row.id]} is on ${capsOf(chord, isMac).join(" ")} now.`);
  }

  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1.5" aria-label={COMMAND_WORDS[row.id]}>
      <span className="min-w-0 flex-1 basis-56">{COMMAND_WORDS[row.id]}</span>
      {isAsking ? <KeyCapture row={row} remapped={settings.keys} isMac={isMac} onTake={take} onCancel={() => onAsk(false)} /> : (
        <>
          <span className="flex items-center gap-1.5">
            {mine.map((chord) => <Chord key={chord} chord={chord} isMac={isMac} />)}
            {(row.fixed ?? []).map((chord) => <span key={chord} title="This key stays"><Chord chord={chord} isMac={isMac} /></span>)}
            {mine.length === 0 && !row.fixed ? <span className="text-xs text-ink-3">no key</span> : null}
          </span>
          <Button size="xs" onClick={() => onAsk(true)} aria-label={`Change the key of: ${COMMAND_WORDS[row.id]}`}>Change</Button>
          <Button size="xs" look="quiet" disabled={!isChanged} aria-label={`Back to the default: ${COMMAND_WORDS[row.id]}`} className={clsx(!isChanged && "invisible")} onClick={() => { change({ keys: withKeys(row, row.keys, settings.keys) }); onSay(`${COMMAND_WORDS[row.id]}: the default again.`); }}>Reset</Button>
        </>
      )}
      {clashes.length > 0 ? <span role="alert" className="basis-full text-xs text-danger">The same key stands for: {clashes.map(({ id }) => COMMAND_WORDS[id]).join(", ")}</span> : null}
    </li>
  );
}

/** Every command with its keys, to be changed by pressing another. */
export function KeyTable({ role }: { role: Role }) {
  const { settings, change } = useKeyboard();
  const [asking, setAsking] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const rows = ROWS.filter((row) => !row.act || can(role, row.act));
  const changed = Object.keys(settings.keys).length;
  return (
    <section aria-label="Keys">
      <div className="mb-2 flex items-center gap-3">
        <p className="flex-1 text-ink-2" role="status">{said || (changed === 0 ? "All keys are the defaults." : `${changed} ${changed === 1 ? "command differs" : "commands differ"} from the defaults.`)}</p>
        <Button disabled={changed === 0} onClick={() => { change({ keys: {} }); setSaid("All keys are the defaults again."); }}>Reset all</Button>
      </div>
      {GROUPS.map((group) => {
        const shown = rows.filter((row) => row.group === group);
        return shown.length === 0 ? null : (
          <section key={group} className="mb-5">
            <h3 className="mb-1 text-xs font-medium text-ink-3">{group}</h3>
            <ul>{shown.map((row) => <Row key={row.id} row={row} isAsking={asking === row.id} onAsk={(on) => setAsking(on ? row.id : null)} onSay={setSaid} />)}</ul>
          </section>
        );
      })}
    </section>
  );
}
