"use client";
import { useState, type ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { SendFooter, useSend, WillDo, type Skip } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";
import type { Deed } from "./use-queue";

type Props = DialogProps & {
  title: string;
  /** what is said to whoever sends it without a note */
  ask: string;
  label: string;
  skips: readonly Skip[];
  above?: ReactNode;
  deed: (rows: readonly FindingRow[], note: string) => Deed;
  /** what it will do */
  children: ReactNode;
};

/** Something that is done with a note, and with nothing else to say. */
export function NoteDialog({ desk, rows, onClose, onSubmit, title, ask, label, skips, above, deed, children }: Props) {
  const [note, setNote] = useState("");
  const fault = note.trim() ? undefined : ask;
  const send = useSend(!fault, () => onSubmit((fresh) => deed(fresh, note.trim())));
  return (
    <Dialog
      title={title} aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={520}
      footer={<SendFooter hint={`You can undo this for ${desk.policy.undoHours} hours`} label={label} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      {above}
      <Field label="Note" hint="each finding keeps it in its own log entry" required error={send.tried ? fault : undefined}>
        {(wires) => <Textarea {...wires} data-autofocus maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <WillDo skips={skips}>{children}</WillDo>
    </Dialog>
  );
}
