"use client";
import Link from "next/link";
import { useEffect, useRef, type ToggleEvent } from "react";
import { useModuleWords } from "@/components/module/module-context";
import { ClockProvider } from "@/components/ui/clock";
import { Moment } from "@/components/ui/moment";
import { Skeleton } from "@/components/ui/states";
import type { WhyView } from "@/lib/domain/views/finding";
import { RenamedHere, WhyLine } from "./why-lines";

export type WhyAnswer = { state: "loading" } | { state: "failed"; message: string } | { state: "ready"; view: WhyView };
type Props = { environment: number; number: number; now: string; answer: WhyAnswer; onClose: () => void };

const WIDTH = 460;
const GAP = 4;
const EDGE = 8;

/** Under the row that was asked about, above it where there is more room; in the middle where there is no row. */
function place(panel: HTMLElement, number: number) {
  const box = document.getElementById(`row-${number}`)?.getBoundingClientRect();
  const isLow = box !== undefined && box.bottom > window.innerHeight * 0.6;
  Object.assign(panel.style, {
    left: `${Math.max(EDGE, Math.min(box ? box.left + 60 : (window.innerWidth - WIDTH) / 2, window.innerWidth - WIDTH - EDGE))}px`,
    top: isLow ? "auto" : `${(box?.bottom ?? 90) + GAP}px`,
    bottom: isLow ? `${window.innerHeight - box.top + GAP}px` : "auto",
  });
}

function Answer({ environment, number, answer }: Props) {
  if (answer.state === "loading") return <div role="status" aria-label="Asking" className="space-y-2 py-1"><Skeleton className="h-3 w-full" /><Skeleton className="h-3 w-4/5" /><Skeleton className="h-3 w-full" /><Skeleton className="h-3 w-3/5" /></div>;
  if (answer.state === "failed") return <p role="alert" className="text-danger">{answer.message}</p>;
  const { lines, last } = answer.view;
  return (
    <>
      <ul className="list-disc space-y-1 pl-4 text-ink-2">{lines.map((line, index) => <li key={index} className="break-words"><WhyLine text={line} /></li>)}</ul>
      <RenamedHere lines={lines} />
      {last ? <p className="mt-1.5 text-xs text-ink-3">Last touched by {last.by}: <Link href={`/e/${environment}/findings/${number}?entry=${last.entry}#${last.entry}`} prefetch={false} className="text-accent underline">{last.what}</Link>, <Moment at={last.at} /></p> : null}
    </>
  );
}

/** The answer to "why is this here?" beside the row. The browser closes it on Escape or a click elsewhere, and gives the focus back. */
export function WhyPanel(props: Props) {
  const { number, now, answer, onClose } = props;
  const words = useModuleWords();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!panel.current) return;
    place(panel.current, number);
    panel.current.showPopover();
    panel.current.focus();
  }, [number]);

  return (
    <div
      ref={panel} popover="auto" role="dialog" tabIndex={-1} aria-label={`Why is F-${number} here?`} style={{ width: WIDTH }}
      onToggle={(event: ToggleEvent<HTMLDivElement>) => { if (event.newState === "closed") onClose(); }}
      className="inset-auto m-0 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-[10px] border border-line-strong bg-raised px-3.5 py-2.5 text-sm text-ink shadow-menu outline-none open:animate-rise"
    >
      <ClockProvider now={now}>
        <p className="mb-1 flex justify-between gap-3 font-medium"><span>Why is F-{number} here?</span><span className="font-normal text-ink-3">{answer.state === "ready" ? words.tab(answer.view.tab) : ""}</span></p>
        <Answer {...props} />
      </ClockProvider>
    </div>
  );
}
