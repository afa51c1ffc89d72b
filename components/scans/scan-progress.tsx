"use client";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/states";
import type { ScanActions, ScanStatus } from "@/lib/domain/views/scans";
import { useStanding, type ScanAnswer, type Standing } from "./follow-scan";
import { STATUS_NAMES } from "@/lib/domain/scan/words";
import { size } from "@/components/ui/bytes";
import { counted } from "./scan-words";

function told({ status, share, bytes, results, step, trouble }: Standing): string {
  const name = STATUS_NAMES[status];
  if (status === "queued") return trouble === null ? `${name}: waiting for its turn` : name;
  if (status === "applying") return step === null ? name : `${name}, step ${step.at} of ${step.of}: ${step.words}`;
  const read = share === null || bytes === 0 ? "" : `${size(share * bytes)} of ${size(bytes)}`;
  return [name, [read, results > 0 ? counted(results, "result") : ""].filter(Boolean).join(", ")].filter(Boolean).join(": ");
}

/** A scan under way, wherever the page was opened: how far it is, and the way to stop it, until it is written down. */
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
        {mayCancel && standing.step?.final !== true ? <Button size="xs" loading={isStopping} onClick={() => void stop()}>Cancel the import</Button> : null}
      </div>
      <Progress label={STATUS_NAMES[standing.status]} share={standing.share} />
      {standing.trouble === null ? null : <p role="alert" className="mt-2 break-words text-danger">{standing.trouble}</p>}
      <p className="mt-2 text-xs text-ink-3">You can leave this page: the scan goes on, and shows up in the list.</p>
    </div>
  );
}
