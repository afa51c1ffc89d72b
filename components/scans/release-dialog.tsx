"use client";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import type { ScanPreviewView } from "@/lib/domain/views/scans";
import { counted } from "./scan-words";

/** Lets go what the brake holds: says once more what vanishes, and asks why that is right. */
export function ReleaseDialog({ preview, onRelease, onClose }: { preview: ScanPreviewView; onRelease: (note: string) => Promise<boolean>; onClose: () => void }) {
  const [note, setNote] = useState("");
  const isValid = note.trim() !== "";
  const send = useSend(isValid, async () => {
    const done = await onRelease(note.trim());
    if (done) onClose();
    return done;
  });
  return (
    <Dialog
      title={`Release scan ${preview.scan}`} aside={`${counted(preview.counts.unseen, "finding")} no longer seen`} onClose={onClose} onKeyDown={send.onKeyDown}
      footer={<SendFooter hint="It is applied as it was shown" label="Release" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <ul className="list-disc pl-4 text-ink-2">{preview.brakes.slice(0, 5).map((brake) => <li key={`${brake.detector} ${brake.asset ?? ""}`} className="break-words">{brake.why}</li>)}{preview.brakes.length > 5 ? <li>and {preview.brakes.length - 5} more</li> : null}</ul>
      <p className="mt-2 text-ink-2">They become “not detected”; what people decided about them stays. Should anything move before it is applied, it is held again.</p>
      <Field label="Why is that right?" required hint="the log keeps it" className="mt-3" error={send.tried && !isValid ? "Say why so many may vanish." : null}>
        {(wires) => <Textarea {...wires} data-autofocus maxLength={2_000} placeholder="The old storefront was taken down on Friday." value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </Dialog>
  );
}
