"use client";
import type { KeyboardEvent, ReactNode } from "react";
import { Check } from "lucide-react";
import { Popover, type PopoverWires } from "./popover";
import { Kbd } from "./kbd";

export type MenuItem = { key: string; label: ReactNode; onSelect: () => void; hint?: string; shortcut?: string; current?: boolean; tone?: "danger"; disabled?: boolean };

/** Arrow keys walk through the items of a menu. */
export function moveFocus(event: KeyboardEvent<HTMLDivElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]:not(:disabled)")];
  const at = items.findIndex((item) => item === document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

function Item({ item, popover }: { item: MenuItem; popover: string }) {
  return (
    <button
      type="button"
      role="menuitem"
      popoverTarget={popover}
      popoverTargetAction="hide"
      disabled={item.disabled}
      onClick={item.onSelect}
      className={`flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover focus-visible:bg-hover disabled:cursor-not-allowed disabled:opacity-50 ${item.tone === "danger" ? "text-danger" : "text-ink"}`}
    >
      <span className="min-w-0 flex-1 truncate">{item.label}{item.hint ? <span className="block truncate text-xs text-ink-3">{item.hint}</span> : null}</span>
      {item.current ? <Check size={13} aria-label="chosen" className="text-accent" /> : null}
      {item.shortcut ? <Kbd>{item.shortcut}</Kbd> : null}
    </button>
  );
}

/** A short list of things to do, walked with the arrow keys. */
export function Menu({ trigger, label, items, head, align, width = 220 }: { trigger: (wires: PopoverWires) => ReactNode; label: string; items: readonly MenuItem[]; head?: ReactNode; align?: "start" | "end"; width?: number }) {
  return (
    <Popover trigger={trigger} label={label} align={align} width={width}>
      {(id) => (
        <>
          {head}
          <div role="menu" tabIndex={-1} aria-label={label} onKeyDown={moveFocus}>
            {items.map((item) => <Item key={item.key} item={item} popover={id} />)}
          </div>
        </>
      )}
    </Popover>
  );
}
