"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { Kbd } from "@/components/ui/kbd";

const SEARCH_ID = "asset-search";

export function focusAssetSearch() {
  document.getElementById(SEARCH_ID)?.focus();
}

/** A part of a name; Enter searches, Escape leaves the field. */
export function AssetSearch({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [draft, setDraft] = useState({ from: text, text });
  if (draft.from !== text) setDraft({ from: text, text });
  return (
    <form role="search" onSubmit={(event) => { event.preventDefault(); onSearch(draft.text.trim()); document.getElementById("queue")?.focus(); }} className="relative w-full max-w-[380px] min-w-0">
      <Search size={13} aria-hidden className="absolute top-[7.5px] left-2.5 text-ink-3" />
      <input
        id={SEARCH_ID} type="search" aria-label="Search names" aria-keyshortcuts="/" placeholder="Search names…" maxLength={300} value={draft.text}
        onChange={(event) => {
          setDraft({ from: text, text: event.target.value });
          if (event.target.value === "" && text !== "") onSearch("");
        }}
        onKeyDown={(event) => { if (event.key === "Escape") event.currentTarget.blur(); }}
        className="h-7 w-full rounded-[7px] border border-line-strong bg-ground pr-8 pl-7 text-sm hover:border-edge"
      />
      <span className="pointer-events-none absolute top-[5px] right-2"><Kbd>/</Kbd></span>
    </form>
  );
}
