"use client";
import { useState, type KeyboardEvent } from "react";
import { dayAfter, endOfDay, HelpLink, SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { findings } from "@/components/alerts/outcome-toast";
import { ReasonList, reasonByKey } from "@/components/alerts/reason-list";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { CLOSE_REASON_LABELS, type CloseReason } from "@/lib/domain/finding/words";
import { ticketReasonRule } from "@/lib/domain/ticket/lifecycle";
import type { TicketDeeds } from "@/lib/domain/views/ticket-actions";
import type { TicketRow } from "@/lib/domain/views/tickets";
import { announceTickets, ticketsWord } from "./ticket-news";
import { nextAfter, TICKET_REASONS } from "./ticket-reasons";

type Subject = Pick<TicketRow, "number" | "version" | "state" | "findingCount">;
export type TicketDialogProps = { environment: number; tickets: readonly Subject[]; now: string; actions: TicketDeeds; onClose: () => void; onDone: () => void };

/** "T-12" for one, "44 tickets" for many. */
export function subjectOfTickets(tickets: readonly Subject[]): string {
  return tickets.length === 1 && tickets[0] ? `T-${tickets[0].number}` : ticketsWord(tickets.length);
}

type Draft = { reason: CloseReason; notes: string; justification: string; followUpOn: string };

function faultsOf(draft: Draft): Partial<Record<keyof Draft, string>> {
  const { justified, followUp } = ticketReasonRule(draft.reason);
  return {
    ...(justified && !draft.justification.trim() ? { justification: "Say why the risk can be lived with." } : {}),
    ...(followUp && draft.followUpOn !== "" && !endOfDay(draft.followUpOn) ? { followUpOn: "Choose a day, or leave it empty." } : {}),
  };
}

function Asked({ draft, set, faults, now }: { draft: Draft; set: (part: Partial<Draft>) => void; faults: ReturnType<typeof faultsOf>; now: string }) {
  const { justified, followUp } = ticketReasonRule(draft.reason);
  if (justified) return <Field label="Justification" required error={faults.justification} className="mt-3.5">{(wires) => <Textarea {...wires} maxLength={4000} value={draft.justification} onChange={(event) => set({ justification: event.target.value })} />}</Field>;
  if (!followUp) return null;
  return <Field label="Follow up on" hint="without a day, the ticket keeps the task to name one" error={faults.followUpOn} className="mt-3.5">{(wires) => <Input {...wires} type="date" min={dayAfter(now, 1)} value={draft.followUpOn} onChange={(event) => set({ followUpOn: event.target.value })} className="max-w-40" />}</Field>;
}

/** What closing means and what it never does, before it happens. */
function Means({ environment, reason, count, touched, skipped }: { environment: number; reason: CloseReason; count: number; touched: number; skipped: number }) {
  return (
    <div className="mt-3.5 rounded-[9px] bg-sunk px-3 py-2.5 text-ink-2" aria-live="polite">
      <p><b className="font-medium text-ink">{ticketsWord(count)} will be closed; {touched === 1 ? "the finding stays" : `${findings(touched)} stay`} as {touched === 1 ? "it is" : "they are"}.</b> The ticket tracks the work, the disposition records the position: neither closes the other. <HelpLink environment={environment} topic="tickets">Why two?</HelpLink></p>
      <p className="mt-1">{nextAfter(reason)}</p>
      {skipped > 0 ? <p className="mt-1"><b className="font-medium text-ink">{skipped} will be skipped:</b> {skipped === 1 ? "it is" : "they are"} closed already.</p> : null}
    </div>
  );
}

/** Closes tickets: reason first, what it means in words, notes. */
export function CloseTicketDialog({ environment, tickets, now, actions, onClose, onDone }: TicketDialogProps) {
  const [draft, setDraft] = useState<Draft>(() => ({ reason: "patched", notes: "", justification: "", followUpOn: dayAfter(now, 30) }));
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const open = tickets.filter(({ state }) => state === "open");
  const found = faultsOf(draft);
  const send = useSend(Object.keys(found).length === 0 && open.length > 0, async () => {
    const { justified, followUp } = ticketReasonRule(draft.reason);
    const answer = await actions.closeTickets({
      environment, items: open.map(({ number, version }) => ({ number, version })), reason: draft.reason, notes: draft.notes.trim() || undefined,
      justification: justified ? draft.justification.trim() : undefined, followUpOn: followUp ? (endOfDay(draft.followUpOn) ?? undefined) : undefined,
    }).catch(() => null);
    const done = announceTickets(`Closed as ${CLOSE_REASON_LABELS[draft.reason].toLowerCase()}`, answer);
    if (done) onDone();
    return done;
  });
  const faults = send.tried ? found : {};

  function onKeyDown(event: KeyboardEvent) {
    const reason = reasonByKey(event, TICKET_REASONS);
    if (reason) set({ reason });
    send.onKeyDown(event);
  }

  return (
    <Dialog
      title={open.length === 1 ? "Close ticket" : "Close tickets"} aside={subjectOfTickets(tickets)} onClose={onClose} onKeyDown={onKeyDown}
      footer={<SendFooter hint="It can be reopened with a reason" label={open.length === 1 ? "Close ticket" : `Close ${ticketsWord(open.length)}`} sending={send.sending} disabled={open.length === 0} onCancel={onClose} onSend={send.submit} />}
    >
      <ReasonList ask="Why does the work end?" reasons={TICKET_REASONS} chosen={draft.reason} onChoose={(reason) => set({ reason })} />
      <Asked draft={draft} set={set} faults={faults} now={now} />
      <Field label="Notes" hint="recommended: what was done, and where it can be seen" className="mt-3.5">
        {(wires) => <Textarea {...wires} maxLength={4000} value={draft.notes} onChange={(event) => set({ notes: event.target.value })} />}
      </Field>
      <Means environment={environment} reason={draft.reason} count={open.length} touched={open.reduce((sum, { findingCount }) => sum + findingCount, 0)} skipped={tickets.length - open.length} />
    </Dialog>
  );
}
