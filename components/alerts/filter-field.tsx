"use client";
import { Search } from "lucide-react";
import { createElement, useId, useRef, type KeyboardEvent } from "react";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { useAhead } from "@/components/ui/ahead";
import { LIMITS } from "@/lib/domain/filter/expression";
import { chipsOf } from "@/lib/domain/filter/query";
import type { DeskView } from "@/lib/domain/views/desk";
import { stepAside } from "./filter-chip";
import { FilterChips } from "./filter-chips";
import { FilterFault, ParameterFaults } from "./filter-fault";
import { useFilterField, type FieldDoors, type FilterFieldState } from "./use-filter-field";

const helpFile = () => import("./filter-help").then((file) => file.FilterHelp);

/** The one search field of the page, for the key that goes there. */
export const FILTER_ID = "queue-filter";

function onArrow(event: KeyboardEvent<HTMLInputElement>, { draft, offers, active, reach, put }: FilterFieldState) {
  event.preventDefault();
  if (!draft.isOpen) return put(draft.text, event.currentTarget.selectionStart ?? draft.cursor);
  if (offers.length === 0) return;
  const step = event.key === "ArrowDown" ? 1 : -1;
  reach(active < 0 && step < 0 ? offers.length - 1 : (active + step + offers.length) % offers.length);
}

/** Esc goes back one step at a time: the list, the text, the field. */
function onEscape(input: HTMLInputElement, { draft, offers, close, reset }: FilterFieldState) {
  if (offers.length > 0) return close();
  if (draft.text !== "" || draft.editing) return reset();
  input.blur();
}

/** Tab takes the offer that is reached, or the first for a half word; else it goes on as ever. */
function onTab(event: KeyboardEvent<HTMLInputElement>, { draft, offers, active, parts, press }: FilterFieldState) {
  const isHalf = draft.text.trim() !== "" && !/\s$/.test(draft.text.slice(0, draft.cursor));
  const isOffered = parts ? offers[active] !== undefined || (isHalf && offers.length > 0) : isHalf;
  if (event.shiftKey || !isOffered) return;
  event.preventDefault();
  void press("Tab");
}

function Input({ id, field, chips, describedBy }: { id: string; field: FilterFieldState; chips: ReturnType<typeof chipsOf>; describedBy: string }) {
  const { draft, offers, active, parts, put, offer, close, edit } = field;
  const input = useRef<HTMLInputElement>(null);
  const list = `${id}-list`;
  const shortcut = useKeyHints()("filter.focus");

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const atStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    const last = chips.at(-1);
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") onArrow(event, field);
    else if (event.key === "Enter") { event.preventDefault(); void field.press("Enter"); }
    else if (event.key === "Tab") onTab(event, field);
    else if (event.key === "Escape") { event.preventDefault(); onEscape(event.currentTarget, field); }
    else if (event.key === "Backspace" && draft.text === "" && last) { event.preventDefault(); edit(last); }
    else if (event.key === "ArrowLeft" && atStart && stepAside(event.currentTarget, -1)) { event.preventDefault(); close(); }
  }

  return (
    <>
      <input
        ref={input} id={id} type="text" role="combobox" data-filter-stop autoComplete="off" autoCapitalize="off" spellCheck={false} maxLength={LIMITS.characters}
        aria-label="Filter and search" aria-keyshortcuts={shortcut?.aria} aria-autocomplete="list" aria-expanded={offers.length > 0} aria-controls={offers.length > 0 ? list : undefined}
        aria-activedescendant={offers[active] ? parts?.offerId(list, active) : undefined} aria-invalid={draft.faults.length > 0} aria-describedby={draft.faults.length > 0 ? describedBy : undefined}
        placeholder={chips.length === 0 ? "Filter: severity:high -tag:pci age:>30d, or any text" : "and…"} value={draft.text}
        onChange={(event) => put(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onClick={(event) => put(draft.text, event.currentTarget.selectionStart ?? 0)}
        onFocus={() => { if (chips.length === 0) offer(); }} onBlur={close} onKeyDown={onKeyDown}
        className="h-6 min-w-16 flex-1 bg-transparent px-1 text-sm outline-none placeholder:text-ink-3"
      />
      {parts && offers.length > 0 ? <parts.FilterOffers id={list} offers={offers} active={active} onTake={(offer) => { field.take(offer); input.current?.focus(); }} /> : null}
    </>
  );
}

/** The filter of the page as chips, and the field in which more is typed: the whole language, with completion and mistakes pointed at. */
export function FilterField({ mistyped, ...doors }: FieldDoors & { mistyped: DeskView["mistyped"] }) {
  const field = useFilterField(doors);
  const FilterHelp = useAhead(helpFile, false);
  const id = useId();
  const chips = chipsOf(field.draft.editing?.without ?? doors.filter);
  const shown = field.draft.faults.length > 0 ? { text: field.draft.text, faults: field.draft.faults } : field.draft.text === "" ? mistyped : { text: "", faults: [] };
  const focus = () => document.getElementById(FILTER_ID)?.focus();
  return (
    <>
      <div role="search" data-filter-field className="relative flex h-7 min-w-44 flex-[1_1_20rem] items-center gap-1 rounded-[7px] border border-edge bg-ground py-px pr-1 pl-2 focus-within:border-accent hover:border-ink-3">
        <Search size={13} aria-hidden className="shrink-0 text-ink-3" />
        {chips.length > 0 ? <FilterChips chips={chips} onEdit={(chip) => { field.edit(chip); focus(); }} onRemove={(chip) => doors.onGo(chip.without)} /> : null}
        <Input id={FILTER_ID} field={field} chips={chips} describedBy={`${id}-fault`} />
        {field.draft.text === "" && chips.length === 0 ? <KeyCaps of="filter.focus" /> : null}
        {FilterHelp ? createElement(FilterHelp, { environment: doors.environment, onTry: (text) => { field.put(text, text.length, false); focus(); } }) : <span className="size-6 shrink-0" />}
      </div>
      <FilterFault id={`${id}-fault`} text={shown.text} faults={shown.faults} />
      <ParameterFaults faults={mistyped.parameters} />
    </>
  );
}
