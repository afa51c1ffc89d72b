"use client";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { subjectOfTickets, type TicketDialogProps } from "./close-dialog";
import { announceTickets, ticketsWord } from "./ticket-news";

/** Opens closed tickets again: why, and what that makes others look at. */
export function ReopenTicketDialog({ environment, tickets, actions, onClose, onDone }: TicketDialogProps) {
  const [draft, setDraft] = useState({ reason: "", insist: false });
  const closed = tickets.filter(({ state }) => state === "closed");
  const isMissing = draft.reason.trim() === "";
  const skipped = tickets.length - closed.length;
  const send = useSend(!isMissing && closed.length > 0, async () => {
    const answer = await actions.reopenTickets({ environment, items: closed.map(({ number, version }) => ({ number, version })), reason: draft.reason.trim(), insist: draft.insist }).catch(() => null);
    const done = announceTickets("Reopened", answer);
    if (done) onDone();
    return done;
  });
  return (
    <Dialog
      title={closed.length === 1 ? "Reopen ticket" : "Reopen tickets"} aside={subjectOfTickets(tickets)} onClose={onClose} onKeyDown={send.onKeyDown} width={540}
      footer={<SendFooter hint="It counts how often" label={closed.length === 1 ? "Reopen ticket" : `Reopen ${ticketsWord(closed.length)}`} sending={send.sending} disabled={closed.length === 0} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="Reason" hint="the log keeps it; a tracker is told as well" required error={send.tried && isMissing ? "Say why the work is not over." : null}>
        {(wires) => <Textarea {...wires} data-autofocus maxLength={4000} value={draft.reason} onChange={(event) => setDraft({ ...draft, reason: event.target.value })} />}
      </Field>
      <label className="mt-3 flex cursor-pointer items-start gap-2 text-ink-2">
        <input type="checkbox" checked={draft.insist} onChange={(event) => setDraft({ ...draft, insist: event.target.checked })} className="mt-[3px] accent-(--accent)" />
        <span>Also where a finding got another open ticket meanwhile</span>
      </label>
      <div className="mt-3.5 rounded-[9px] bg-sunk px-3 py-2.5 text-ink-2" aria-live="polite">
        <p><b className="font-medium text-ink">{ticketsWord(closed.length)} will be open again.</b> Findings whose disposition was recorded are flagged for re-review; the disposition itself stands until somebody changes it.</p>
        {skipped > 0 ? <p className="mt-1"><b className="font-medium text-ink">{skipped} will be skipped:</b> {skipped === 1 ? "it is" : "they are"} open.</p> : null}
      </div>
    </Dialog>
  );
}
