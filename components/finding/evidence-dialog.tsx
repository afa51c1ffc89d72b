"use client";
import { useState } from "react";
import { evidenceOf, NO_PROOF, proofFaults, type Proof } from "@/components/alerts/close-draft";
import { seen } from "@/components/alerts/deeds";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { subjectOf } from "@/components/alerts/subject";
import { EvidenceFields } from "@/components/alerts/evidence-fields";
import type { DialogProps } from "@/components/alerts/use-commands";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import type { EvidenceFile } from "@/lib/domain/evidence/file";
import { EvidenceFileField } from "./evidence-file-field";

type Draft = { proof: Proof; note: string; file: EvidenceFile | null; /** a file is on its way */ busy: boolean };

/** Attaches what proves a fix; it decides nothing by itself. */
export function EvidenceDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const [draft, setDraft] = useState<Draft>({ proof: NO_PROOF, note: "", file: null, busy: false });
  const found = draft.proof.kind ? proofFaults(draft.proof, true, draft.file !== null) : { kind: "Choose what kind of proof it is." };
  const send = useSend(Object.keys(found).length === 0 && !draft.busy, () => onSubmit((fresh) => {
    const items = seen(fresh.slice(0, 1));
    const item = items[0] ?? { number: 0, version: 0 };
    const evidence = evidenceOf(draft.proof) ?? { kind: "attestation" as const };
    return { items, did: "Evidence added", guess: () => ({}), call: () => desk.actions.addEvidence({ environment: desk.environment, ...item, ...evidence, note: draft.note.trim() || undefined, file: draft.file?.id }) };
  }));

  return (
    <Dialog
      title="Add evidence" aside={subjectOf(rows.slice(0, 1))} onClose={onClose} onKeyDown={send.onKeyDown} width={520}
      footer={<SendFooter hint={draft.busy ? "The file is on its way" : "The status stays as it is"} label="Add" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <EvidenceFields draft={draft.proof} onChange={(proof) => setDraft({ ...draft, proof })} accepted={[]} hint="what kind of proof?" errors={send.tried ? found : {}} hasFile={draft.file !== null} />
      <EvidenceFileField environment={desk.environment} file={draft.file} onChange={(file) => setDraft((before) => ({ ...before, file }))} onBusy={(busy) => setDraft((before) => ({ ...before, busy }))} />
      <Field label="Note" className="mt-3.5">
        {(wires) => <Textarea {...wires} maxLength={4000} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.target.value })} />}
      </Field>
    </Dialog>
  );
}
