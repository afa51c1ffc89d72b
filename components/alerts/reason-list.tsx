"use client";
import { Choice } from "./choice";

type Reason<R extends string> = { reason: R; label: string; means: string };

/** The reasons, each with what it means and its number key. */
export function ReasonList<R extends string>({ ask, reasons, chosen, onChoose }: { ask: string; reasons: readonly Reason<R>[]; chosen: R; onChoose: (reason: R) => void }) {
  return (
    <fieldset>
      <legend className="pb-1.5 text-ink-2">{ask}</legend>
      {reasons.map(({ reason, label, means }, index) => <Choice key={reason} name="reason" label={label} means={means} digit={index + 1} isOn={reason === chosen} onChoose={() => onChoose(reason)} />)}
    </fieldset>
  );
}

/** The reason that a number key chooses in a dialog; nothing while somebody types into a field. */
export function reasonByKey<R extends string>(event: { target: EventTarget; key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; currentTarget: EventTarget & Element }, reasons: readonly Reason<R>[]): R | null {
  const isField = event.target instanceof HTMLElement && event.target.matches("input:not([type=radio]), textarea, select");
  const chosen = isField || event.ctrlKey || event.metaKey || event.altKey ? undefined : reasons[Number(event.key) - 1];
  if (!chosen) return null;
  event.currentTarget.querySelectorAll<HTMLInputElement>("input[name=reason]")[Number(event.key) - 1]?.focus(); // Tab goes on from there
  return chosen.reason;
}
