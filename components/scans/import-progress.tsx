"use client";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { CodeWords } from "@/components/ui/code-words";
import { Progress } from "@/components/ui/states";
import type { ScanActions } from "@/lib/domain/views/scans";
import type { ScanAnswer } from "./follow-scan";
import { ScanCounts } from "./scan-counts";
import { ScanProgress } from "./scan-progress";
import { TriedList } from "./tried-list";
import type { ImportStep } from "./use-import";

/** For a panel that comes in place of a pressed button: the focus would fall to the page's start with it. */
export function takeFocus(panel: HTMLElement | null) {
  panel?.focus({ preventScroll: true });
}

/** The queue with just what a scan found for the first time. */
export const newOnes = (environment: number, scan: number) => `/e/${environment}/alerts?scan=${scan}&change=new`;

function Sending({ share, onStop }: { share: number | null; onStop: () => void }) {
  const words = share === 1 ? "Sent, waiting for the answer" : "Sending the report";
  return (
    <div>
      <div className="mb-2 flex items-center justify-between gap-3 text-ink-2"><span role="status">{words}{share === null ? null : <span className="ml-2 text-ink-3 tabular-nums">{Math.round(share * 100)} %</span>}</span><Button size="xs" onClick={onStop}>Stop sending</Button></div>
      <Progress label={words} share={share} />
    </div>
  );
}

function Done({ environment, scan, onAgain }: { environment: number; scan: ScanAnswer; onAgain: () => void }) {
  return (
    <div role="status">
      <ScanCounts environment={environment} scan={scan.id} counts={scan} />
      <div className="mt-4 flex flex-wrap gap-2">
        {scan.new > 0 ? <Link href={newOnes(environment, scan.id)} className={buttonClass("primary")}>Triage new ones</Link> : null}
        <Link href={`/e/${environment}/scans/${scan.id}`} className={buttonClass()}>Scan {scan.id}</Link><Button look="quiet" onClick={onAgain}>Import another</Button>
      </div>
    </div>
  );
}

type Props = {
  environment: number; fileName: string; step: ImportStep; cancel: ScanActions["cancelScan"]; canDraw: boolean;
  onStop: () => void; onSettled: (answer: ScanAnswer) => void; onAgain: () => void; onRetry: () => void; onDraw: () => void;
};

function Failed({ environment, step, canDraw, onRetry, onDraw }: Props & { step: Extract<ImportStep, { state: "failed" }> }) {
  const { fault, scan } = step;
  return (
    <div role="alert">
      <p className="font-medium text-danger">Not imported: <CodeWords text={fault.message} />{fault.where ? <span className="font-mono text-xs"> ({fault.where})</span> : null}</p>
      <p className="mt-1 text-ink-2">{fault.next ?? "The file was refused whole: no finding was stored."}</p>
      <TriedList tried={fault.tried} />
      <div className="mt-3 flex flex-wrap gap-2">
        {canDraw && fault.tried.length > 0 ? <Button look="primary" onClick={onDraw}>Say which column is which…</Button> : null}
        <Button look={canDraw && fault.tried.length > 0 ? "plain" : "primary"} onClick={onRetry}>Change and try again</Button>
        {scan ? <Link href={`/e/${environment}/scans/${scan}`} className={buttonClass()}>Scan {scan}</Link> : null}
      </div>
    </div>
  );
}

/** One import, from its first byte to its result. */
export function ImportProgress(props: Props) {
  const { environment, fileName, step, cancel, onStop, onSettled, onAgain } = props;
  return (
    <section aria-label="Import" tabIndex={-1} ref={takeFocus} className="rounded-xl border border-line-strong bg-ground px-5 py-4 focus:outline-none">
      <h2 className="mb-3 font-semibold break-all">{fileName}</h2>
      {step.state === "sending" ? <Sending share={step.share} onStop={onStop} /> : null}
      {step.state === "working" ? <ScanProgress environment={environment} scan={step.scan} status={step.status} mayCancel cancel={cancel} onSettled={onSettled} /> : null}
      {step.state === "shown" ? <p role="status">It is read: <Link className="text-accent underline" href={`/e/${environment}/scans/${step.scan.id}`}>what scan {step.scan.id} would do</Link>.</p> : null}
      {step.state === "done" ? <Done environment={environment} scan={step.scan} onAgain={onAgain} /> : null}
      {step.state === "failed" ? <Failed {...props} step={step} /> : null}
    </section>
  );
}
