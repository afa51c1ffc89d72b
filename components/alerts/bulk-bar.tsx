"use client";
import { Kbd } from "@/components/ui/kbd";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { commandId, type Command } from "./commands";

const PARTS = [
  [{ command: "investigate", label: "Investigate" }, { command: "close", label: "Close…" }, { command: "accept", label: "Accept risk…" }, { command: "review", label: "Needs Review" }],
  [{ command: "assign", label: "Assign…" }, { command: "tag", label: "Tag…" }],
] as const;

const itemClass = "inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] whitespace-nowrap text-ink hover:bg-hover";

/** What to do with the ticked findings, at once. */
export function BulkBar({ count, hasMore, loaded, onAll, onCommand, onClear }: { count: number; hasMore: boolean; loaded: number; onAll: () => void; onCommand: (command: Command) => void; onClear: () => void }) {
  const hintOf = useKeyHints();
  return (
    <div role="toolbar" aria-label={`${count} selected`} className="absolute bottom-[18px] left-4 z-20 flex min-h-[42px] max-w-[calc(100%-2rem)] animate-rise items-center overflow-x-auto gap-px rounded-[11px] border border-line-strong bg-raised py-1 pr-1.5 pl-3.5 shadow-menu @max-4xl:[&_kbd]:hidden">
      <b className="font-semibold whitespace-nowrap" role="status">{count.toLocaleString("en")} selected</b>
      {count < loaded ? <button type="button" onClick={onAll} className="ml-2 font-medium whitespace-nowrap text-accent hover:underline">Select {hasMore ? `the ${loaded.toLocaleString("en")} loaded` : `all ${loaded.toLocaleString("en")}`}</button> : null}
      {PARTS.map((part, index) => (
        <span key={index} className="flex items-center gap-px">
          <span aria-hidden className="mx-1.5 h-5 w-px bg-line" />
          {part.map((item) => <button key={item.command} type="button" aria-keyshortcuts={hintOf(commandId(item.command))?.aria} onClick={() => onCommand(item.command)} className={itemClass}>{item.label} <KeyCaps of={commandId(item.command)} /></button>)}
        </span>
      ))}
      <span aria-hidden className="mx-1.5 h-5 w-px bg-line" />
      <button type="button" onClick={onClear} className="inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] text-ink-3 hover:bg-hover hover:text-ink">Clear <Kbd>Esc</Kbd></button>
    </div>
  );
}
