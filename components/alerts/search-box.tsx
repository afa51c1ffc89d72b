"use client";
import { useKeyHints } from "@/components/shell/keyboard";
import { SearchField } from "@/components/ui/search-field";

export const SEARCH_ID = "queue-search";

/** Free text over title, location and identifiers. */
export function SearchBox({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const shortcut = useKeyHints()("filter.focus");
  return <SearchField shortcut={shortcut} id={SEARCH_ID} label="Search title, location, CVE, CWE or number" hint="Search title, location, CVE…" maxLength={400} text={text} onSearch={onSearch} />;
}
