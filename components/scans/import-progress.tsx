"use client";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { Progress } from "@/components/ui/states";
import { ScanCounts } from "./scan-counts";
import { STATUS_WORDS } from "./scan-words";
import type { UploadProgress } from "./upload-report";

function Running({ progress }: { progress: Extract<UploadProgress, { state: "sending" | "working" }> }) {
  const words = progress.state === "sending" ? (progress.share === 1 ? "Sent, waiting for the answer" : "Sending the report") : `${STATUS_WORDS[progress.status].label}…`;
  const share = progress.state === "sending" ? progress.share : null;
  return (
    <div>
      <p role="status" className="mb-2 flex justify-between text-ink-2"><span>{words}</span>{share === null ? null : <span>{Math.round(share * 100)} %</span>}</p>
      <Progress label={words} share={share} />
      {progress.state === "working" ? <p className="mt-2 text-xs text-ink-3">You can leave this page; the scan goes on and shows up in the list.</p> : null}
    </div>
  );
}

/** For a panel that comes in place of a pressed button: the focus would fall to the page's start with it. */
export function takeFocus(panel: HTMLElement | null) {
  panel?.focus({ preventScroll: true });
}

/** One import, from its first byte to its result. */
export function ImportProgress({ environment, fileName, progress, onAgain, onRetry }: { environment: number; fileName: string; progress: UploadProgress; onAgain: () => void; onRetry: () => void }) {
  return (
    <section aria-label="Import" tabIndex={-1} ref={takeFocus} className="rounded-xl border border-line-strong bg-ground px-5 py-4 focus:outline-none">
      <h2 className="mb-3 font-semibold break-all">{fileName}</h2>
      {progress.state === "sending" || progress.state === "working" ? <Running progress={progress} /> : null}
      {progress.state === "done" ? (
        <div role="status">
          <ScanCounts environment={environment} scan={progress.scan} counts={progress.counts} />
          <div className="mt-4 flex gap-2"><Link href={`/e/${environment}/alerts`} className={buttonClass("primary")}>Triage</Link><Link href={`/e/${environment}/scans/${progress.scan}`} className={buttonClass()}>Scan {progress.scan}</Link><Button look="quiet" onClick={onAgain}>Import another</Button></div>
        </div>
      ) : null}
      {progress.state === "failed" ? (
        <div role="alert">
          <p className="font-medium text-danger">Not imported: {progress.fault.message}{progress.fault.where ? <span className="font-mono text-xs"> ({progress.fault.where})</span> : null}</p>
          <p className="mt-1 text-ink-2">{progress.fault.next ?? "The file was refused whole: no finding was stored."}</p>
          <div className="mt-3 flex gap-2"><Button look="primary" onClick={onRetry}>Change and try again</Button>{progress.scan ? <Link href={`/e/${environment}/scans/${progress.scan}`} className={buttonClass()}>Scan {progress.scan}</Link> : null}</div>
        </div>
      ) : null}
    </section>
  );
}
