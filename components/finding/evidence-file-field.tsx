"use client";
import { useId, useState } from "react";
import { size } from "@/components/ui/bytes";
import { buttonClass } from "@/components/ui/button";
import { MAX_FILE_BYTES, type EvidenceFile } from "@/lib/domain/evidence/file";
import { sendEvidence } from "./send-evidence";

type Props = { environment: number; file: EvidenceFile | null; onChange: (file: EvidenceFile | null) => void; onBusy: (busy: boolean) => void };

/** The document itself: it goes to the server when it is chosen, and proves something when the evidence is added. */
export function EvidenceFileField({ environment, file, onChange, onBusy }: Props) {
  const id = useId();
  const [state, setState] = useState<{ sending: string | null; fault: string | null }>({ sending: null, fault: null });
  async function choose(chosen: File) {
    setState({ sending: chosen.name, fault: null });
    onBusy(true);
    const sent = await sendEvidence(environment, chosen);
    setState({ sending: null, fault: sent.ok ? null : sent.message });
    onBusy(false);
    if (sent.ok) onChange(sent.file);
  }
  return (
    <div className="mt-3.5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <input id={id} type="file" disabled={state.sending !== null} aria-describedby={`${id}-hint`} className="peer sr-only"
          onChange={(event) => { const [chosen] = event.target.files ?? []; event.target.value = ""; if (chosen) void choose(chosen); }} />
        <label htmlFor={id} className={buttonClass("plain", "sm", "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-focus")}>{file ? "Choose another file" : "Attach a file"}</label>
        <span role="status" className="min-w-0 break-all">{state.sending ? `Sending ${state.sending}…` : file ? `${file.name}, ${size(file.size)}` : ""}</span>
        {file ? <button type="button" onClick={() => onChange(null)} className="text-accent hover:underline">Leave it out</button> : null}
        <span id={`${id}-hint`} className="text-xs text-ink-3">{file || state.sending ? "" : `of any kind, up to ${size(MAX_FILE_BYTES)}`}</span>
      </div>
      {state.fault ? <p role="alert" className="mt-1 text-xs text-danger">{state.fault}</p> : null}
    </div>
  );
}
