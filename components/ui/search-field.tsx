"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { Kbd } from "./kbd";

export type SearchFieldProps = { id: string; label: string; hint: string; maxLength: number; text: string; onSearch: (text: string) => void; onSubmitted?: () => void; shortcut?: { text: string; aria: string } | null };

/** A search as people type it: Enter searches, an emptied field shows all again, Escape leaves it. `shortcut` is the key that comes here. */
export function SearchField({ id, label, hint, maxLength, text, onSearch, onSubmitted, shortcut }: SearchFieldProps) {
  const [draft, setDraft] = useState({ from: text, text });
  if (draft.from !== text) setDraft({ from: text, text });
  return (
    <form role="search" onSubmit={(event) => { event.preventDefault(); onSearch(draft.text.trim()); onSubmitted?.(); }} className="relative w-full max-w-[380px] min-w-0">
      <Search size={13} aria-hidden className="absolute top-[7.5px] left-2.5 text-ink-3" />
      <input
        id={id} type="search" aria-label={label} aria-keyshortcuts={shortcut?.aria} placeholder={hint} maxLength={maxLength} value={draft.text}
        onChange={(event) => {
          setDraft({ from: text, text: event.target.value });
          if (event.target.value === "" && text !== "") onSearch("");
        }}
        onKeyDown={(event) => { if (event.key === "Escape") event.currentTarget.blur(); }}
        className="h-7 w-full rounded-[7px] border border-edge bg-ground pr-8 pl-7 text-sm hover:border-ink-3"
      />
      {shortcut ? <span className="pointer-events-none absolute top-[5px] right-2"><Kbd>{shortcut.text}</Kbd></span> : null}
    </form>
  );
}
