"use client";
import { Check, Minus } from "lucide-react";
import type { ComponentProps } from "react";

/** A checkbox with its name; `mixed` is the third state of a head checkbox. */
export function Checkbox({ label, mixed = false, checked, className, ...rest }: Omit<ComponentProps<"input">, "type"> & { label: string; mixed?: boolean }) {
  const on = mixed || checked;
  return (
    <span className={`relative inline-grid size-6 place-items-center ${className ?? ""}`}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(element) => { if (element) element.indeterminate = mixed; }}
        className="peer absolute inset-0 z-10 cursor-pointer opacity-0 disabled:cursor-not-allowed"
        {...rest}
      />
      <span
        aria-hidden
        className={`grid size-3.5 place-items-center rounded border-[1.5px] transition-colors peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus peer-disabled:opacity-50 ${on ? "border-accent bg-accent text-accent-ink" : "border-edge bg-panel"}`}
      >
        {mixed ? <Minus size={10} strokeWidth={3.5} /> : checked ? <Check size={10} strokeWidth={3.5} /> : null}
      </span>
    </span>
  );
}
