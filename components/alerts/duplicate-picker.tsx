"use client";
import clsx from "clsx";
import { useState, type KeyboardEvent } from "react";
import { useFound } from "@/components/shell/find-findings";
import { Field, Input } from "@/components/ui/field";
import { RESPONSE_LABELS } from "@/lib/domain/finding/words";

type Props = { environment: number; value: string; error?: string | undefined; leaveOut: readonly number[]; onChange: (text: string) => void };

/** Which finding is the record: by its number, or by words of its title to choose from what is found. */
export function DuplicatePicker({ environment, value, error, leaveOut, onChange }: Props) {
  const [draft, setDraft] = useState({ at: 0, isOpen: false });
  const found = useFound(environment, draft.isOpen ? value : "");
  const offers = found.findings.filter(({ number }) => !leaveOut.includes(number));
  const at = Math.min(draft.at, offers.length - 1);
  const isShown = draft.isOpen && value.trim() !== "" && offers.length > 0;

  function choose(number: number | undefined) {
    if (number === undefined) return;
    onChange(`F-${number}`);
    setDraft({ at: 0, isOpen: false });
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!isShown || event.ctrlKey || event.metaKey) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") setDraft({ ...draft, isOpen: false });
    else if (event.key === "Enter") choose(offers[at]?.number);
    else if (step !== 0) setDraft({ ...draft, at: (at + step + offers.length) % offers.length });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <Field label="Duplicate of" hint="its number, as in F-42, or words of its title" required error={error} className="mt-3.5">
      {(wires) => (
        <>
          <Input
            {...wires} role="combobox" aria-expanded={isShown} aria-controls="duplicate-offers" aria-autocomplete="list" aria-activedescendant={isShown && offers[at] ? `duplicate-${offers[at].number}` : undefined}
            placeholder="F-42" maxLength={200} value={value} onKeyDown={onKeyDown} onChange={(event) => { onChange(event.target.value); setDraft({ at: 0, isOpen: true }); }}
          />
          <ul id="duplicate-offers" role="listbox" aria-label="Findings" className="mt-1 max-h-44 overflow-y-auto" hidden={!isShown}>
            {offers.map(({ number, title, asset, response }, index) => (
              <li key={number} id={`duplicate-${number}`} role="option" aria-selected={index === at} onClick={() => choose(number)} className={clsx("flex cursor-pointer items-baseline gap-2 rounded-md px-2 py-1", index === at ? "bg-selected" : "hover:bg-hover")}>
                <span className="text-ink-3">F-{number}</span><span className="min-w-0 flex-1 truncate">{title}</span><span className="max-w-[40%] truncate text-xs text-ink-3">{asset} · {RESPONSE_LABELS[response]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Field>
  );
}
