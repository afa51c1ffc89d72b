"use client";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { Kbd } from "@/components/ui/kbd";

const itemClass = "inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] whitespace-nowrap text-ink hover:bg-hover";

type Props = { count: number; open: number; closed: number; onClose: () => void; onReopen: () => void; onClear: () => void };

/** What to do with the ticked tickets. What none of them can become is not offered. */
export function TicketsBar({ count, open, closed, onClose, onReopen, onClear }: Props) {
  const hintOf = useKeyHints();
  return (
    <div role="toolbar" aria-label={`${count} selected`} className="absolute bottom-[18px] left-4 z-20 flex min-h-[42px] max-w-[calc(100%-2rem)] animate-rise items-center gap-px overflow-x-auto rounded-[11px] border border-line-strong bg-raised py-1 pr-1.5 pl-3.5 shadow-menu">
      <b className="font-semibold whitespace-nowrap" role="status">{count.toLocaleString("en")} selected</b>
      <span aria-hidden className="mx-1.5 h-5 w-px bg-line" />
      {open > 0 ? <button type="button" aria-keyshortcuts={hintOf("ticket.close")?.aria} onClick={onClose} className={itemClass}>Close… <KeyCaps of="ticket.close" /></button> : null}
      {closed > 0 ? <button type="button" aria-keyshortcuts={hintOf("ticket.reopen")?.aria} onClick={onReopen} className={itemClass}>Reopen… <KeyCaps of="ticket.reopen" /></button> : null}
      <span aria-hidden className="mx-1.5 h-5 w-px bg-line" />
      <button type="button" onClick={onClear} className="inline-flex items-center gap-1.5 rounded-md px-2 py-[5px] text-ink-3 hover:bg-hover hover:text-ink">Clear <Kbd>Esc</Kbd></button>
    </div>
  );
}
