"use client";
import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import { useEffect, useState } from "react";
import { Input } from "@/components/ui/field";
import { Popover, type PopoverWires } from "@/components/ui/popover";
import type { Choice, FacetView } from "./facets";

const SEARCHABLE_FROM = 9;

function Choices({ choices, chosen, onToggle }: { choices: readonly Choice[]; chosen: readonly string[]; onToggle: (value: string) => void }) {
  return (
    <ul className="max-h-72 overflow-y-auto">
      {choices.map((choice) => (
        <li key={choice.value}>
          <label className="flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 hover:bg-hover has-focus-visible:bg-hover">
            <input type="checkbox" checked={chosen.includes(choice.value)} onChange={() => onToggle(choice.value)} className="accent-(--accent)" />
            <span className="min-w-0 flex-1 truncate">{choice.label}</span>
            {choice.count === undefined ? null : <span className="text-xs text-ink-3">{choice.count.toLocaleString("en")}</span>}
          </label>
        </li>
      ))}
    </ul>
  );
}

/** Before they are known, what is chosen is all there is to say. */
const choicesOf = ({ choices }: Pick<FacetView, "choices">): readonly Choice[] => choices ?? [];

/** What is said where there is nothing, or not yet, to choose from. */
function wordsOf({ choices }: Pick<FacetView, "choices">, isMissed: boolean): string | null {
  if (choices !== null) return choices.length === 0 ? "Nothing to choose from yet" : null;
  return isMissed ? "The values did not arrive. Close this, and open it again." : "Counting…";
}

type FacetProps = { /** its values were asked for and did not come */ isMissed?: boolean; /** somebody looks at them */ onShown?: () => void; facet: Omit<FacetView, "key"> & { key: string }; chosen: readonly string[]; onChange: (values: readonly string[]) => void };

/** What is chosen and not among the choices: typed, or of another day. */
function unknownOf({ facet, chosen }: Pick<FacetProps, "facet" | "chosen">): readonly Choice[] {
  return chosen.filter((value) => !choicesOf(facet).some((choice) => choice.value === value)).map((value) => ({ value, label: value }));
}

/** The values of one facet to tick, searched where they are many. */
export function FacetPanel({ facet, isMissed = false, chosen, onChange, onShown }: FacetProps) {
  const [text, setText] = useState("");
  useEffect(() => onShown?.()); // with every tick the queue is another, and so are its numbers
  const words = wordsOf(facet, isMissed);
  const shown = choicesOf(facet).filter((choice) => choice.label.toLowerCase().includes(text.toLowerCase()));
  const toggle = (value: string) => onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <>
      {choicesOf(facet).length >= SEARCHABLE_FROM ? <Input aria-label={`Search ${facet.label.toLowerCase()}`} placeholder="Search" value={text} onChange={(event) => setText(event.target.value)} className="mb-1 h-7!" /> : null}
      <Choices choices={[...unknownOf({ facet, chosen }), ...shown]} chosen={chosen} onToggle={toggle} />
      {words === null ? null : <p role="status" className="px-2 py-1.5 text-ink-3">{words}</p>}
      {chosen.length > 0 ? <button type="button" onClick={() => onChange([])} className="mt-1 w-full rounded-md border-t border-line px-2 py-1.5 text-left text-ink-2 hover:bg-hover hover:text-ink">Clear {facet.label.toLowerCase()}</button> : null}
    </>
  );
}

/** One facet of the filter bar: closed it says what is chosen, open it offers the values. */
export function FacetMenu({ facet, isMissed = false, chosen, brief = false, onChange, onShown }: FacetProps & { /** what is chosen stands elsewhere: closed it says only how many */ brief?: boolean }) {
  const names = [...choicesOf(facet), ...unknownOf({ facet, chosen })].filter((choice) => chosen.includes(choice.value)).map((choice) => choice.label);

  const trigger = (wires: PopoverWires) => (
    <button {...wires} type="button" className={clsx("inline-flex h-6 shrink-0 items-center gap-1 rounded-[5px] px-[7px] text-xs whitespace-nowrap", names.length > 0 ? "bg-accent-soft text-ink" : "text-ink-2 hover:bg-hover hover:text-ink")}>
      {names.length > 0 ? <span className="text-accent">{facet.label}{brief ? "" : ":"}</span> : facet.label}
      {names.length > 0 ? <span className="max-w-44 truncate">{brief ? names.length : names.join(", ")}</span> : <ChevronDown size={11} aria-hidden className="text-ink-3" />}
    </button>
  );

  return (
    <Popover trigger={trigger} label={`Filter by ${facet.label.toLowerCase()}`} width={facet.key === "is" ? 270 : 220}>
      {() => <FacetPanel facet={facet} isMissed={isMissed} chosen={chosen} onChange={onChange} onShown={onShown} />}
    </Popover>
  );
}
