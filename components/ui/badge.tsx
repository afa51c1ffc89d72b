import clsx from "clsx";
import type { ReactNode } from "react";

export const TONES = {
  neutral: "bg-info-soft text-info",
  accent: "bg-accent-soft text-accent",
  critical: "bg-critical-soft text-critical",
  high: "bg-high-soft text-high",
  medium: "bg-medium-soft text-medium",
  low: "bg-low-soft text-low",
  good: "bg-good-soft text-good",
  outline: "border border-line-strong text-ink-2",
} as const;
export type Tone = keyof typeof TONES;

/** A short word in a tinted box. */
export function Badge({ tone = "neutral", title, className, children }: { tone?: Tone; title?: string; className?: string; children: ReactNode }) {
  return (
    <span title={title} className={clsx("inline-flex max-w-full items-center truncate rounded px-1.5 py-px text-2xs font-medium whitespace-nowrap", TONES[tone], className)}>
      {children}
    </span>
  );
}
