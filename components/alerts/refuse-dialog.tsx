"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { answer } from "./deeds";
import { SendFooter, useSend, WillDo } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

/** Refuses what somebody asked to accept: with a note, so that they know what is missing. */
export function RefuseDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const [note, setNote] = useState("");
  const fault = note.trim() ? undefined : "Say why, so that whoever asked knows what is missing.";
  const send = useSend(!fault, () => onSubmit((fresh) => answer(desk, fresh, note.trim())));
  return (
    <Dialog
      title="Refuse the acceptance" aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={520}
      footer={<SendFooter hint={`You can undo this for ${desk.policy.undoHours} hours`} label="Refuse" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="Note" hint="each finding keeps it in its own log entry" required error={send.tried ? fault : undefined}>
        {(wires) => <Textarea {...wires} data-autofocus maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <WillDo skips={rows.filter((row) => row.requested === null).map((row) => ({ row, why: "nobody asks for an acceptance" }))}>The findings stay as they are, with their clocks.</WillDo>
    </Dialog>
  );
}
