"use client";
import { useId } from "react";
import { SCOPE_WORDS, SCOPES, type Scope } from "@/lib/domain/access/scopes";

/** What a token is made for: its role allows, and one of these has to hold it. */
export function ScopePicks({ chosen, error, onChange }: { chosen: readonly Scope[]; error: string | null; onChange: (chosen: readonly Scope[]) => void }) {
  const id = useId();
  const toggle = (scope: Scope) => onChange(SCOPES.filter((each) => chosen.includes(each) !== (each === scope)));
  return (
    <fieldset className="mt-3 min-w-0" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 flex flex-wrap items-baseline gap-x-1.5"><span className="font-medium">Scopes</span> <span className="text-xs text-ink-3">of what the role may, only this</span></legend>
      <ul className="rounded-lg border border-line">
        {SCOPES.map((scope) => (
          <li key={scope} className="border-b border-line last:border-b-0">
            <label className="flex min-h-8 cursor-pointer items-baseline gap-2 px-2.5 py-1.5 hover:bg-hover">
              <input type="checkbox" checked={chosen.includes(scope)} aria-invalid={error ? true : undefined} onChange={() => toggle(scope)} className="shrink-0 translate-y-[2px] accent-(--accent)" />
              <span className="w-14 shrink-0 font-medium">{SCOPE_WORDS[scope].label}</span><span className="min-w-0 text-xs text-ink-2">{SCOPE_WORDS[scope].means}</span>
            </label>
          </li>
        ))}
      </ul>
      {error ? <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-danger">{error}</p> : null}
    </fieldset>
  );
}
