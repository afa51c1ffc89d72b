"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input, Select } from "@/components/ui/field";
import type { ScansPage } from "@/lib/domain/views/scans";
import { DropZone } from "./drop-zone";
import { ImportProgress, takeFocus } from "./import-progress";
import { size } from "./scan-words";
import { uploadReport, type UploadProgress } from "./upload-report";

type Draft = { file: File | null; format: string; asset: string; detector: string; scope: "full" | "partial" };
const EMPTY: Draft = { file: null, format: "auto", asset: "", detector: "", scope: "full" };

const SCOPES = {
  full: "It looked at everything on its assets: what it no longer sees becomes “not detected”.",
  partial: "It looked at a part: it refreshes what it sees, and nothing becomes “not detected”.",
} as const;

function Terms({ draft, page, onChange }: { draft: Draft; page: ScansPage; onChange: (part: Partial<Draft>) => void }) {
  return (
    <div className="mt-3 grid grid-cols-2 items-end gap-3 max-sm:grid-cols-1">
      <Field label="Asset" hint="for results that name no host">
        {(wires) => <><Input {...wires} list="known-assets" maxLength={300} placeholder="as the report says" value={draft.asset} onChange={(event) => onChange({ asset: event.target.value })} /><datalist id="known-assets">{page.assets.slice(0, 200).map((asset) => <option key={asset} value={asset} />)}</datalist></>}
      </Field>
      <Field label="Detector" hint="if the report does not name it">
        {(wires) => <Input {...wires} maxLength={100} placeholder="as the report says" value={draft.detector} onChange={(event) => onChange({ detector: event.target.value })} />}
      </Field>
      <Field label="Scope" hint={SCOPES[draft.scope]}>
        {(wires) => <Select {...wires} value={draft.scope} onChange={(event) => onChange({ scope: event.target.value === "partial" ? "partial" : "full" })}><option value="full">Full</option><option value="partial">Partial</option></Select>}
      </Field>
      <Field label="Format" hint="recognised by its content">
        {(wires) => <Select {...wires} value={draft.format} onChange={(event) => onChange({ format: event.target.value })}><option value="auto">Recognise it</option>{page.formats.map((each) => <option key={each.format} value={each.format}>{each.label}</option>)}</Select>}
      </Field>
    </div>
  );
}

function fileFault(file: File | null, maxBytes: number): string | null {
  if (!file) return null;
  if (file.size === 0) return "This file is empty.";
  return file.size > maxBytes ? `This file is larger than ${size(maxBytes)}. Split it, or import it with the command line.` : null;
}

/** From a dropped file to a finished scan, with each step in view. */
export function ImportPanel({ page }: { page: ScansPage }) {
  const router = useRouter();
  const [draft, setDraft] = useState(EMPTY);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [isBack, setBack] = useState(false); // from a finished import: the pressed button is gone, the panel takes the focus
  const fault = fileFault(draft.file, page.upload.maxBytes);
  const isBusy = progress?.state === "sending" || progress?.state === "working";
  const environment = page.environment.number;

  function backToStart() {
    setBack(true);
    setProgress(null);
  }

  async function start() {
    if (!draft.file || fault || isBusy) return;
    await uploadReport({ ...draft, environment, file: draft.file, asset: draft.asset.trim(), detector: draft.detector.trim() }, setProgress);
    router.refresh();
  }

  if (progress) return <ImportProgress environment={environment} fileName={draft.file?.name ?? "report"} progress={progress} onAgain={() => { backToStart(); setDraft({ ...EMPTY, asset: draft.asset, scope: draft.scope }); }} onRetry={backToStart} />;
  return (
    <section aria-label="Import a report" tabIndex={-1} ref={isBack ? takeFocus : undefined} className="focus:outline-none">
      <DropZone file={draft.file} maxBytes={page.upload.maxBytes} formats={page.formats} onFile={(file) => setDraft({ ...draft, file })} />
      {fault ? <p role="alert" className="mt-2 text-danger">{fault}</p> : null}
      {draft.file ? <><Terms draft={draft} page={page} onChange={(part) => setDraft({ ...draft, ...part })} /><div className="mt-3 flex justify-end gap-2"><Button size="md" onClick={() => setDraft(EMPTY)}>Cancel</Button><Button size="md" look="primary" disabled={fault !== null} onClick={() => void start()}>Import</Button></div></> : null}
    </section>
  );
}
