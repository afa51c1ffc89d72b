"use client";
import { X } from "lucide-react";
import type { KeyboardEvent } from "react";

type ChipProps = { text: string; onEdit: () => void; onRemove: () => void };

/** The chip or the field beside this one, left or right. */
function neighbour(from: HTMLElement, step: -1 | 1): HTMLElement | undefined {
  const stops = [...(from.closest("[data-filter-field]")?.querySelectorAll<HTMLElement>("[data-filter-stop]") ?? [])];
  return stops[stops.indexOf(from) + step];
}

/** Goes from the field's beginning to the last chip, or from one chip to the next. Says whether there was one. */
export function stepAside(from: HTMLElement, step: -1 | 1): boolean {
  const next = neighbour(from, step);
  next?.focus();
  return next !== undefined;
}

/** One thing that narrows the queue: Enter changes it, Delete takes it away, the arrows go to the next. */
export function FilterChip({ text, onEdit, onRemove }: ChipProps) {
  function onKeyDown(event: KeyboardEvent<HTMLButtonElement>) {
    const isGone = event.key === "Delete" || event.key === "Backspace";
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : null;
    if (!isGone && step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (step !== null) return void stepAside(event.currentTarget, step);
    if (!stepAside(event.currentTarget, 1)) stepAside(event.currentTarget, -1);
    onRemove();
  }
  return (
    <span data-filter-chip className="inline-flex h-6 max-w-72 min-w-0 shrink-0 items-center rounded-[5px] bg-accent-soft text-xs text-ink">
      <button type="button" data-filter-stop aria-label={`Change ${text}`} title={`${text}\nEnter changes it, Delete takes it away`} onClick={onEdit} onKeyDown={onKeyDown} className="h-6 min-w-0 truncate rounded-[5px] pl-[7px] font-mono hover:text-accent">{text}</button>
      <button type="button" tabIndex={-1} aria-label={`Remove ${text}`} onClick={onRemove} className="grid size-6 shrink-0 place-items-center rounded-[5px] text-ink-2 hover:text-ink"><X size={11} aria-hidden /></button>
    </span>
  );
}
