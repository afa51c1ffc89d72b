"use client";
import clsx from "clsx";
import { Kbd } from "@/components/ui/kbd";

type Reason<R extends string> = { reason: R; label: string; means: string };

/** The reasons, each with what it means and its number key. */
export function ReasonList<R extends string>({ ask, reasons, chosen, onChoose }: { ask: string; reasons: readonly Reason<R>[]; chosen: R; onChoose: (reason: R) => void }) {
  return (
    <fieldset>
      <legend className="pb-1.5 text-ink-2">{ask}</legend>
      {reasons.map((each, index) => {
        const isOn = each.reason === chosen;
        return (
          <label
            key={each.reason}
            className={clsx("grid cursor-pointer grid-cols-[22px_122px_minmax(0,1fr)_auto] items-center rounded-lg border px-2.5 py-[7px] text-ink-2 max-sm:grid-cols-[22px_minmax(0,1fr)]", isOn ? "border-accent/40 bg-accent-soft" : "border-transparent hover:bg-hover")}
          >
            <input type="radio" name="reason" checked={isOn} data-autofocus={isOn || undefined} onChange={() => onChoose(each.reason)} className="size-[13px] accent-(--accent)" />
            <b className="font-medium text-ink">{each.label}</b>
            <span className="max-sm:col-start-2">{each.means}</span>
            <span className="max-sm:hidden"><Kbd>{String(index + 1)}</Kbd></span>
          </label>
        );
      })}
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
