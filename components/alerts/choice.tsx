"use client";
import clsx from "clsx";
import { Kbd } from "@/components/ui/kbd";

type Props = { name: string; label: string; means: string; /** the number key that chooses it */ digit?: number; isOn: boolean; onChoose: () => void };

/** One of several in a dialog, with what it means. */
export function Choice({ name, label, means, digit, isOn, onChoose }: Props) {
  const columns = digit === undefined ? "grid-cols-[22px_140px_minmax(0,1fr)]" : "grid-cols-[22px_122px_minmax(0,1fr)_auto]";
  return (
    <label className={clsx("grid cursor-pointer items-center rounded-lg border px-2.5 py-[7px] text-ink-2 max-sm:grid-cols-[22px_minmax(0,1fr)]", columns, isOn ? "border-accent/40 bg-accent-soft" : "border-transparent hover:bg-hover")}>
      <input type="radio" name={name} checked={isOn} data-autofocus={isOn || undefined} onChange={onChoose} className="size-[13px] accent-(--accent)" />
      <b className="font-medium text-ink">{label}</b>
      <span className="max-sm:col-start-2">{means}</span>
      {digit === undefined ? null : <span className="max-sm:hidden"><Kbd>{String(digit)}</Kbd></span>}
    </label>
  );
}
