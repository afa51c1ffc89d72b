"use client";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/states";
import type { ScanActions, ScanStatus } from "@/lib/domain/views/scans";
import { useStanding, type ScanAnswer, type Standing } from "./follow-scan";
import { counted, size, STATUS_WORDS } from "./scan-words";

function told({ status, share, bytes, results }: Standing): string {
  if (status === "queued") return "Waiting for its turn";
  if (status === "applying") return "Comparing it with what is known";
  const read = share === null || bytes === 0 ? "" : `${size(share * bytes)} of ${size(bytes)}`;
  return ["Reading", [read, results > 0 ? counted(results, "result") : ""].filter(Boolean).join(", ")].filter(Boolean).join(": ");
}

/** A scan under way, wherever the page was opened: how far it is, and the way to stop it. Once it is being applied it can be stopped no more. */
export function ScanProgress({ environment, scan, status, mayCancel, cancel, onSettled }: {
  environment: number; scan: number; status: ScanStatus; mayCancel: boolean; cancel: ScanActions["cancelScan"]; onSettled?: (answer: ScanAnswer) => void;
}) {
  const standing = useStanding(environment, scan, status, onSettled);
  const [isStopping, setStopping] = useState(false);
  const words = told(standing);

  async function stop() {
    setStopping(true);
    const answer = await cancel({ environment, scan }).catch(() => null);
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    if (!answer?.ok) setStopping(false);
  }

  return (
    <div>
      <div className="mb-2 flex items-center justify-between gap-3 text-ink-2">
        <span role="status">{words}…{standing.share === null ? null : <span className="ml-2 text-ink-3 tabular-nums">{Math.round(standing.share * 100)} %</span>}</span>
        {mayCancel && standing.status !== "applying" ? <Button size="xs" loading={isStopping} onClick={() => void stop()}>Cancel the import</Button> : null}
      </div>
      <Progress label={STATUS_WORDS[standing.status].label} share={standing.share} />
      <p className="mt-2 text-xs text-ink-3">You can leave this page: the scan goes on, and shows up in the list.</p>
    </div>
  );
}
