"use client";
import clsx from "clsx";
import { useLooks } from "@/components/shell/live";

const SHOWN = 3;

function initialsOf(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""].map((part) => [...(part ?? "")][0] ?? "").join("").toUpperCase();
}

/** Who else has this finding open right now. It holds nobody up; it goes a few seconds after they do. */
export function Lookers({ number, me, look }: { number: number; me: number; look: "row" | "drawer" }) {
  const others = (useLooks().get(number) ?? []).filter(({ id }) => id !== me);
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join(", ");
  const words = `${names} ${others.length === 1 ? "is" : "are"} looking at this`;
  return (
    <span role={look === "drawer" ? "status" : undefined} title={words} className="flex shrink-0 items-center gap-1">
      {others.slice(0, SHOWN).map(({ id, name }) => (
        <span key={id} aria-hidden className={clsx("grid place-items-center rounded-full border border-accent bg-panel font-medium text-accent", look === "row" ? "size-4 text-[8px]" : "size-5 text-[9px]")}>{initialsOf(name)}</span>
      ))}
      <span className={look === "row" ? "sr-only" : "text-xs text-ink-2"}>{words}</span>
    </span>
  );
}
