import { CodeWords } from "@/components/ui/code-words";
import type { ScanFault } from "@/lib/domain/views/scans";

/** What each format said to a report that none of them, or more than one, claims. */
export function TriedList({ tried, isOpen = false }: { tried: ScanFault["tried"]; isOpen?: boolean }) {
  if (tried.length === 0) return null;
  return (
    <details open={isOpen} className="mt-2 rounded-lg border border-line bg-panel text-ink">
      <summary className="cursor-pointer px-3 py-1.5">Tried {tried.length} formats: why not</summary>
      <ul tabIndex={0} aria-label="Formats that were tried" className="max-h-52 overflow-y-auto border-t border-line text-xs">
        {tried.map(({ format, why }) => <li key={format} className="flex gap-3 border-b border-line px-3 py-1 last:border-b-0 max-sm:flex-col max-sm:gap-0"><span className="w-60 shrink-0">{format}</span><span className="min-w-0 flex-1 break-words text-ink-2"><CodeWords text={why} /></span></li>)}
      </ul>
    </details>
  );
}
