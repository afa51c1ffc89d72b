"use client";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { keep } from "./deeds";
import { HelpLink, SendFooter, useSend, WillDo } from "./dialog-parts";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

/** Looked at again, and the decision stands: the flag goes, and the log keeps why. */
export function KeepDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const [note, setNote] = useState("");
  const flagged = rows.filter(({ reReview }) => reReview !== null);
  const fault = note.trim() ? undefined : "Say why the decision still holds.";
  const send = useSend(!fault, () => onSubmit((fresh) => keep(desk, fresh, note.trim())));
  const help = <HelpLink environment={desk.environment} topic="look-again">What is a re-review?</HelpLink>;
  const why = [...new Set(flagged.map(({ reReview }) => reReview))];

  if (flagged.length === 0) {
    return <Dialog title="Keep the decision" aside={subjectOf(rows)} onClose={onClose} width={520}><p className="text-ink-2">{rows.length === 1 ? "It is" : "None of these is"} not flagged for re-review: there is nothing to answer, and what was decided stands. {help}</p></Dialog>;
  }
  return (
    <Dialog
      title="Keep the decision" aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={520}
      footer={<SendFooter hint={`You can undo this for ${desk.policy.undoHours} hours`} label={flagged.length === 1 ? "Keep" : `Keep ${flagged.length.toLocaleString("en")}`} sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <ul className="mb-3 max-h-28 space-y-0.5 overflow-y-auto break-words text-ink-2">
        {why.slice(0, 5).map((each) => <li key={each}><b className="font-medium text-ink">Look again:</b> {each}</li>)}
        {why.length > 5 ? <li>and {(why.length - 5).toLocaleString("en")} other reasons</li> : null}
      </ul>
      <Field label="Note" hint="each finding keeps it in its own log entry" required error={send.tried ? fault : undefined}>
        {(wires) => <Textarea {...wires} data-autofocus maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <WillDo skips={rows.filter(({ reReview }) => reReview === null).map((row) => ({ row, why: "is not flagged for re-review" }))}>
        <b className="font-medium text-ink">{flagged.length.toLocaleString("en")} {flagged.length === 1 ? "decision stands" : "decisions stand"} as {flagged.length === 1 ? "it is" : "they are"}, and the flag goes.</b> {help}
      </WillDo>
    </Dialog>
  );
}
