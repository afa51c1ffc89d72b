"use client";
import { useId, useState, type ReactNode, type ToggleEvent } from "react";

export type PopoverWires = { popoverTarget: string; "aria-haspopup": "dialog"; "aria-expanded": boolean };

const GAP = 5;
const EDGE = 8;

/** Puts a panel under its button, or above it in the lower part of the window; the top layer saves it from clipping. */
function place(panel: HTMLElement, width: number, align: "start" | "end") {
  const button = document.querySelector(`[popovertarget="${CSS.escape(panel.id)}"]`);
  if (!button) return;
  const box = button.getBoundingClientRect();
  const wanted = align === "end" ? box.right - width : box.left;
  const isLow = box.bottom > window.innerHeight * 0.6;
  Object.assign(panel.style, {
    left: `${Math.max(EDGE, Math.min(wanted, window.innerWidth - width - EDGE))}px`,
    top: isLow ? "auto" : `${box.bottom + GAP}px`,
    bottom: isLow ? `${window.innerHeight - box.top + GAP}px` : "auto",
    maxHeight: `${(isLow ? box.top : window.innerHeight - box.bottom) - GAP - EDGE}px`,
  });
}

/** A panel that hangs on its trigger. The browser closes it on Escape or a click elsewhere, and gives the focus back. */
export function Popover({ trigger, label, children, align = "start", width = 260 }: {
  trigger: (wires: PopoverWires) => ReactNode; label: string; children: (id: string) => ReactNode; align?: "start" | "end"; width?: number;
}) {
  const id = `popover${useId()}`;
  const [isOpen, setOpen] = useState(false);

  function onBeforeToggle(event: ToggleEvent<HTMLDivElement>) {
    if (event.newState !== "open") return; // what has the focus stays until it is hidden: only so the browser gives the focus back
    setOpen(true);
    place(event.currentTarget, width, align);
  }
  function onToggle(event: ToggleEvent<HTMLDivElement>) {
    if (event.newState === "open") event.currentTarget.querySelector<HTMLElement>("input, button")?.focus();
    else setOpen(false);
  }

  return (
    <>
      {trigger({ popoverTarget: id, "aria-haspopup": "dialog", "aria-expanded": isOpen })}
      <div
        id={id} popover="auto" role="dialog" aria-label={label} onBeforeToggle={onBeforeToggle} onToggle={onToggle} style={{ width }}
        className="inset-auto m-0 overflow-y-auto rounded-[10px] border border-line-strong bg-raised p-1 text-sm text-ink shadow-menu open:animate-rise"
      >
        {isOpen ? children(id) : null}
      </div>
    </>
  );
}
