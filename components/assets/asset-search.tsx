"use client";
import { useKeyHints } from "@/components/shell/keyboard";
import { SearchField } from "@/components/ui/search-field";

const SEARCH_ID = "asset-search";

export function focusAssetSearch() {
  document.getElementById(SEARCH_ID)?.focus();
}

/** A part of a name; the list is ready for keys once it was searched. */
export function AssetSearch({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const shortcut = useKeyHints()("filter.focus");
  return <SearchField shortcut={shortcut} id={SEARCH_ID} label="Search names" hint="Search names…" maxLength={300} text={text} onSearch={onSearch} onSubmitted={() => document.getElementById("queue")?.focus()} />;
}
