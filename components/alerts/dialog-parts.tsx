"use client";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { FindingRow } from "@/lib/domain/views/alerts";

/** Puts the focus on the first field at fault, once the faults are on the screen. */
function focusFault() {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[role=dialog] [aria-invalid=true]")?.focus());
}

/** Sends once at a time and remembers that somebody tried, so that faults show only then. */
export function useSend(isValid: boolean, send: () => Promise<boolean>) {
  const [state, setState] = useState<{ tried: boolean; sending: boolean }>({ tried: false, sending: false });
  async function submit() {
    if (state.sending) return;
    if (!isValid) {
      setState({ tried: true, sending: false });
      return focusFault();
    }
    setState({ tried: true, sending: true });
    const done = await send();
    if (!done) setState({ tried: true, sending: false });
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  }
  return { ...state, submit: () => void submit(), onKeyDown };
}

export function SendFooter({ hint, label, sending, disabled, onCancel, onSend }: { hint: ReactNode; label: string; sending: boolean; disabled?: boolean; onCancel: () => void; onSend: () => void }) {
  return (
    <>
      <span className="mr-auto text-xs">{hint}</span>
      <Button size="md" onClick={onCancel}>Cancel <Kbd>Esc</Kbd></Button>
      <Button size="md" look="primary" loading={sending} disabled={disabled} onClick={onSend}>{label} <Kbd inverse>Ctrl Enter</Kbd></Button>
    </>
  );
}

export type Skip = { row: FindingRow; why: string };

/** What a decision will do, in words, and what it will leave alone, before anything happens. */
export function WillDo({ children, skips }: { children: ReactNode; skips: readonly Skip[] }) {
  return (
    <div className="mt-3.5 rounded-[9px] bg-sunk px-3 py-2.5 text-ink-2" aria-live="polite">
      {children}
      {skips.length > 0 ? (
        <details className="mt-1">
          <summary className="cursor-pointer"><b className="font-medium text-ink">{skips.length} will be skipped.</b> <span className="text-accent">Look at {skips.length === 1 ? "it" : "them"}</span></summary>
          <ul className="mt-1 max-h-28 overflow-y-auto text-xs">
            {skips.slice(0, 200).map((skip) => <li key={skip.row.number} className="truncate"><span className="text-ink-3">F-{skip.row.number}</span> {skip.row.title}: {skip.why}</li>)}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

/** A question and where it is answered; in a new tab, so that what was typed stays. */
export function HelpLink({ environment, topic, children }: { environment: number; topic: string; children: string }) {
  return <a href={`/e/${environment}/help#${topic}`} target="_blank" rel="noopener" className="text-accent underline">{children}</a>;
}

/** A day as the browser's date field writes it, so many days after an instant, in the viewer's zone as `endOfDay` reads it. */
export function dayAfter(now: string, days: number): string {
  return new Intl.DateTimeFormat("sv-SE").format(new Date(Date.parse(now) + days * 86_400_000)); // Swedish dates are ISO dates
}

/** The end of a day chosen in a date field, as an instant in the viewer's zone; null while it is not a day. */
export function endOfDay(day: string): string | null {
  const end = new Date(`${day}T23:59:59`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(end.valueOf()) ? end.toISOString() : null;
}
