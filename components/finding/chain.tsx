"use client";
import clsx from "clsx";
import { Moment } from "@/components/ui/moment";
import type { ChainStep } from "@/lib/domain/views/finding";
import { Section } from "./section";

const STEPS = { matched: "Matched", ticket_created: "Ticket created", ticket_closed: "Ticket closed", disposition: "Disposition", verified: "Verified" } as const satisfies Record<ChainStep["step"], string>;

const GAPS = { matched: "unknown", ticket_created: "no ticket", ticket_closed: "no ticket", disposition: "not recorded", verified: "no proof" } as const satisfies Record<ChainStep["step"], string>;

/** The steps of custody; a gap is drawn as a gap, and says what is not there. */
export function Chain({ steps }: { steps: readonly ChainStep[] }) {
  const done = steps.filter((step) => step.at !== null).length;
  return (
    <Section title="Chain of custody" aside={`${done} of ${steps.length}`}>
      <ol className="flex items-start">
        {steps.map((step, index) => (
          <li key={step.step} className="relative flex-1 pt-[17px] pr-1 text-2xs text-ink-2">
            <span aria-hidden className={clsx("absolute top-0.5 left-0 size-2.5 rounded-full", step.at ? "bg-good" : "border-[1.5px] border-dashed border-ink-3")} />
            {index < steps.length - 1 ? <span aria-hidden className={clsx("absolute top-1.5 right-[3px] left-[13px] h-0.5", step.at && steps[index + 1]?.at ? "bg-good" : "bg-line")} /> : null}
            {STEPS[step.step]}
            <span className="block text-ink-3">{step.at ? <>{step.label ? `${step.label} · ` : ""}<Moment at={step.at} look="day" /></> : step.label ? (step.step === "verified" ? step.label.toLowerCase() : step.label) : GAPS[step.step]}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
