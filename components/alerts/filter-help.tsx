"use client";
import { CircleHelp } from "lucide-react";
import Link from "next/link";
import { Popover } from "@/components/ui/popover";
import { FIELD_WORDS } from "@/lib/domain/filter/field-words";
import { FIELD_NAMES } from "@/lib/domain/filter/fields";

const EXAMPLES = [
  ["severity:high,critical age:>30d", "High or critical, and first seen more than 30 days ago"],
  ["asset:api.* -tag:known", "On assets that begin with api., without a tag"],
  ["is:overdue assignee:me", "Mine, and too late"],
  ["is:kev OR epss:>0.5", "Known to be exploited, or likely to be"],
  ["cvss:>=7 -(exposure:internal OR exposure:isolated)", "A high score, and not inside"],
  ["tag:pci AND tag:edge", "Both tags; side by side they would be alternatives"],
  ['"sql injection" due:<24h', "A text, and due within a day"],
  ['response in ("To Be Closed", "None")', "Old words are understood"],
] as const;

/** The language in short: examples to try, and every field with what it means. */
export function FilterHelp({ environment, onTry }: { environment: number; onTry: (text: string) => void }) {
  return (
    <Popover
      label="How to filter" align="end" width={440}
      trigger={(wires) => <button {...wires} type="button" aria-label="How to filter" title="How to filter" className="ml-auto grid size-6 shrink-0 place-items-center rounded-[5px] text-ink-3 hover:bg-hover hover:text-ink"><CircleHelp size={13} aria-hidden /></button>}
    >
      {(id) => (
        <div className="p-2 text-xs">
          <p className="pb-1 text-ink-2">Conditions add up; a comma means or; <code>-</code> negates; <code>*</code> stands for anything. Other words are searched for in titles, places and identifiers.</p>
          <ul aria-label="Examples" className="border-b border-line pb-1">
            {EXAMPLES.map(([text, does]) => (
              <li key={text}>
                <button type="button" onClick={() => { document.getElementById(id)?.hidePopover(); onTry(text); }} className="flex w-full items-baseline gap-3 rounded-md px-1.5 py-1 text-left hover:bg-hover">
                  <code className="min-w-0 flex-1 font-mono text-ink">{text}</code><span className="w-44 shrink-0 text-ink-3">{does}</span>
                </button>
              </li>
            ))}
          </ul>
          <dl aria-label="Fields" className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-3 pt-1.5">
            {FIELD_NAMES.map((name) => <div key={name} className="col-span-full grid grid-cols-subgrid px-1.5 py-0.5"><dt className="font-mono text-ink">{name}:</dt><dd className="text-ink-2">{FIELD_WORDS[name].does}</dd></div>)}
          </dl>
          <Link href={`/e/${environment}/help#filter`} className="mt-1 block px-1.5 text-accent underline">More in Help</Link>
        </div>
      )}
    </Popover>
  );
}
