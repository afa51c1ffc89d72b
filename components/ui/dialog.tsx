"use client";
import * as Radix from "radix-ui/dialog";
import { X } from "lucide-react";
import { useContext, useState, type KeyboardEvent, type ReactNode } from "react";
import { DialogNotice } from "./dialog-notice";
import { giveFocusBack, placeOfFocus } from "./focus-back";
import { HiddenDialog } from "./hidden-dialog";

function focusFirst(event: Event) {
  const wanted = event.currentTarget instanceof HTMLElement ? event.currentTarget.querySelector<HTMLElement>("[data-autofocus]") : null;
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
}

/** The focus as it was when the dialog came, given back when it goes. */
function useFocusBack() {
  const [place] = useState(placeOfFocus);
  return (event: Event) => {
    event.preventDefault();
    giveFocusBack(place);
  };
}

/** A modal: focus goes in, stays in, and comes back; Escape closes. What carries data-autofocus is focused first. `footer` stays in view however long the body is. */
export function Dialog({ title, aside, description, onClose, children, footer, width = 600, onKeyDown }: {
  title: string; aside?: ReactNode; description?: string; onClose: () => void; children: ReactNode; footer?: ReactNode; width?: number;
  onKeyDown?: (event: KeyboardEvent) => void;
}) {
  const giveBack = useFocusBack();
  const notice = useContext(DialogNotice);
  if (useContext(HiddenDialog)) return null;
  return (
    <Radix.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          onKeyDown={onKeyDown}
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={giveBack}
          aria-describedby={undefined}
          style={{ width }}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden rounded-[14px] border border-line-strong bg-raised shadow-menu focus:outline-none"
        >
          <header className="flex items-baseline gap-2.5 px-5 pt-4 pb-1">
            <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
            {aside ? <span className="text-ink-3">{aside}</span> : null}
            <Radix.Close aria-label="Close" title="Close" className="-mr-1.5 ml-auto grid size-7 place-items-center self-center rounded-md text-ink-3 hover:bg-hover hover:text-ink">
              <X size={15} aria-hidden />
            </Radix.Close>
          </header>
          {description ? <p className="px-5 text-ink-2">{description}</p> : null}
          {notice}
          <div className="min-h-0 overflow-y-auto px-5 pt-2 pb-4">{children}</div>
          {footer ? <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3 text-ink-3">{footer}</footer> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
