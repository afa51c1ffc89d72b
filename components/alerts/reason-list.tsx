"use client";
import clsx from "clsx";
import { Kbd } from "@/components/ui/kbd";
import { DISPOSITIONS, type Disposition } from "./dispositions";

/** The reasons, each with what it means and its number key. */
export function ReasonList({ chosen, onChoose }: { chosen: Disposition["reason"]; onChoose: (reason: Disposition["reason"]) => void }) {
  return (
    <fieldset>
      <legend className="pb-1.5 text-ink-2">What did you find?</legend>
      {DISPOSITIONS.map((disposition, index) => {
        const isOn = disposition.reason === chosen;
        return (
          <label
            key={disposition.reason}
            className={clsx("grid cursor-pointer grid-cols-[22px_122px_minmax(0,1fr)_auto] items-center rounded-lg border px-2.5 py-[7px] text-ink-2 max-sm:grid-cols-[22px_minmax(0,1fr)]", isOn ? "border-accent/40 bg-accent-soft" : "border-transparent hover:bg-hover")}
          >
            <input type="radio" name="reason" checked={isOn} data-autofocus={isOn || undefined} onChange={() => onChoose(disposition.reason)} className="size-[13px] accent-(--accent)" />
            <b className="font-medium text-ink">{disposition.label}</b>
            <span className="max-sm:col-start-2">{disposition.means}</span>
            <span className="max-sm:hidden"><Kbd>{String(index + 1)}</Kbd></span>
          </label>
        );
      })}
    </fieldset>
  );
}
