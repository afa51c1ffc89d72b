"use client";
import { useState } from "react";
import { lateDialog } from "@/components/shell/late-dialog";
import { Button } from "@/components/ui/button";
import type { ScanActions, ScansPage } from "@/lib/domain/views/scans";
import { DropZone } from "./drop-zone";
import { ImportProgress, takeFocus } from "./import-progress";
import { ImportTerms } from "./import-terms";
import { LookedAt } from "./report-look";
import { size } from "@/components/ui/bytes";
import { useImport } from "./use-import";

const MappingDialog = lateDialog(() => import("./mapping-dialog").then((file) => file.MappingDialog));

function fileFault(file: File | null, maxBytes: number): string | null {
  if (!file) return null;
  if (file.size === 0) return "This file is empty.";
  return file.size > maxBytes ? `This file is larger than ${size(maxBytes)}. Compress it with gzip or zip, or split it; whoever runs Docket may raise DOCKET_MAX_UPLOAD_MB.` : null;
}

/** From a dropped file to a finished scan, with each step in view. */
export function ImportPanel({ page, actions }: { page: ScansPage; actions: Pick<ScanActions, "cancelScan" | "saveMapping"> }) {
  const its = useImport(page);
  const [isDrawing, setDrawing] = useState(false);
  const { file, draft, look, mappings } = its;
  const fault = fileFault(file, page.upload.maxBytes);
  const table = look !== null && look !== "looking" ? look.table : null;
  const environment = page.environment.number;

  if (its.step) return <ImportProgress environment={environment} fileName={file?.name ?? "report"} step={its.step} cancel={actions.cancelScan} canDraw={table !== null} onStop={its.stop} onSettled={its.settle} onAgain={its.again} onRetry={its.retry} onDraw={() => { its.retry(); setDrawing(true); }} />;
  return (
    <section aria-label="Import a report" tabIndex={-1} ref={its.isBack ? takeFocus : undefined} className="focus:outline-none">
      <DropZone file={file} maxBytes={page.upload.maxBytes} formats={page.formats} onFile={its.choose} />
      {fault ? <p role="alert" className="mt-2 text-danger">{fault}</p> : null}
      {file ? (
        <>
          <LookedAt look={fault ? null : look} draft={draft} mappings={mappings} onDraw={() => setDrawing(true)} onMapping={(mapping, format) => its.say({ mapping, format: mapping ? format : "auto" })} />
          <ImportTerms draft={draft} page={page} tried={its.tried} onChange={its.say} />
          <div className="mt-4 flex justify-end gap-2"><Button size="md" onClick={its.clear}>Cancel</Button><Button size="md" look="primary" disabled={fault !== null} onClick={() => void its.start()}>{draft.then === "preview" ? "Show what it would do" : "Import"}</Button></div>
        </>
      ) : null}
      {isDrawing && table ? <MappingDialog environment={environment} table={table} chosen={draft.mapping} mappings={mappings} save={actions.saveMapping} onClose={() => setDrawing(false)} onUse={(mapping, saved) => { its.say({ mapping, format: table.format }); if (saved) its.remember(saved); setDrawing(false); }} /> : null}
    </section>
  );
}
