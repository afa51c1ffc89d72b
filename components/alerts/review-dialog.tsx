"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { decide } from "./deeds";
import { SendFooter, useSend, WillDo } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

/** Back to Needs Review over a resolution: the log keeps why the closure does not hold. */
export function ReviewDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const [note, setNote] = useState("");
  const fault = note.trim() ? undefined : "Say why the resolution does not hold.";
  const send = useSend(!fault, () => onSubmit((fresh) => decide(desk, fresh, { response: "needs_review", note: note.trim() }, "Back to Needs Review")));

  return (
    <Dialog
      title="Back to Needs Review" aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={520}
      footer={<SendFooter hint={`You can undo this for ${desk.policy.undoHours} hours`} label="Move back" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="Note" hint="each finding keeps it in its own log entry" required error={send.tried ? fault : undefined}>
        {(wires) => <Textarea {...wires} data-autofocus maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <WillDo skips={rows.filter((row) => row.response === "needs_review").map((row) => ({ row, why: "already needs review" }))}>The earlier disposition, its author and its reason stay in the timeline.</WillDo>
    </Dialog>
  );
}
