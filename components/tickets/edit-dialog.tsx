"use client";
import { useState } from "react";
import { endOfDay, SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { PRIORITIES, PRIORITY_LABELS, type Priority } from "@/lib/domain/ticket/words";
import type { EditTicketInput } from "@/lib/domain/views/ticket-actions";
import type { TicketDetail } from "@/lib/domain/views/tickets";
import { wordsIn } from "./create-draft";
import type { TicketDoing } from "./use-ticket";

type Draft = { title: string; description: string; assignee: string; team: string; cc: string; priority: Priority; labels: string; dueOn: string };

function draftOf({ title, description, team, cc, priority, labels, dueOn }: TicketDetail): Draft {
  return { title, description, assignee: "", team: team ?? "", cc: cc.join(", "), priority, labels: labels.join(" "), dueOn: dueOn?.slice(0, 10) ?? "" };
}

/** What was touched, as the server takes it; what stands as it was is not sent. */
function changesOf(draft: Draft, before: Draft): Omit<EditTicketInput, "environment" | "number" | "version"> {
  const isTouched = (field: keyof Draft) => draft[field].trim() !== before[field].trim();
  return {
    ...(isTouched("title") ? { title: draft.title.trim() } : {}), ...(isTouched("description") ? { description: draft.description.trim() } : {}),
    ...(draft.assignee === "" ? {} : { assignee: draft.assignee === "none" ? null : Number(draft.assignee) }),
    ...(isTouched("team") ? { team: draft.team.trim() || null } : {}), ...(isTouched("cc") ? { cc: wordsIn(draft.cc, /[\s,;]+/) } : {}),
    ...(isTouched("priority") ? { priority: draft.priority } : {}), ...(isTouched("labels") ? { labels: wordsIn(draft.labels, /[\s,]+/) } : {}),
    ...(isTouched("dueOn") ? { dueOn: endOfDay(draft.dueOn) } : {}),
  };
}

function Fields({ draft, set, doing: { ticket, people, me } }: { draft: Draft; set: (part: Partial<Draft>) => void; doing: TicketDoing }) {
  const text = (name: "team" | "labels" | "cc", label: string, hint?: string) => <Field label={label} hint={hint}>{(wires) => <Input {...wires} maxLength={2000} value={draft[name]} onChange={(event) => set({ [name]: event.target.value })} />}</Field>;
  return (
    <div className="mt-3.5 grid grid-cols-2 items-start gap-x-4 gap-y-3 max-sm:grid-cols-1">
      <Field label="Assignee">
        {(wires) => (
          <Select {...wires} value={draft.assignee} onChange={(event) => set({ assignee: event.target.value })}>
            <option value="">{ticket.assignee ?? "Nobody"} (as it is)</option><option value={me.id}>{me.name} (me)</option><option value="none">Nobody</option>
            {people.filter(({ id }) => id !== me.id).map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
          </Select>
        )}
      </Field>
      {text("team", "Team")}
      <Field label="Priority">{(wires) => <Select {...wires} value={draft.priority} onChange={(event) => set({ priority: PRIORITIES.find((each) => each === event.target.value) ?? draft.priority })}>{PRIORITIES.map((each) => <option key={each} value={each}>{PRIORITY_LABELS[each]}</option>)}</Select>}</Field>
      <Field label="Due on">{(wires) => <Input {...wires} type="date" value={draft.dueOn} onChange={(event) => set({ dueOn: event.target.value })} />}</Field>
      {text("labels", "Labels", "single words")}
      {text("cc", "Copies to", "e-mail addresses")}
    </div>
  );
}

/** Changes what a ticket says of itself; its severity follows from its findings and is not among it. */
export function EditTicketDialog({ doing, onClose }: { doing: TicketDoing; onClose: () => void }) {
  const { ticket, environment, actions, run } = doing;
  const [before] = useState(() => draftOf(ticket));
  const [draft, setDraft] = useState(before);
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const changes = changesOf(draft, before);
  const isMissing = draft.title.trim() === "";
  const send = useSend(!isMissing, async () => {
    const done = Object.keys(changes).length === 0 || (await run(() => actions.editTicket({ environment, number: ticket.number, version: ticket.version, ...changes })));
    if (done) onClose();
    return done;
  });
  return (
    <Dialog
      title="Edit ticket" aside={`T-${ticket.number}`} onClose={onClose} onKeyDown={send.onKeyDown} width={620}
      footer={<SendFooter hint={ticket.external ? "Its tracker is told as well" : "What is not touched stays"} label="Save" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="Title" required error={send.tried && isMissing ? "A ticket has a title." : null}>{(wires) => <Input {...wires} data-autofocus maxLength={300} value={draft.title} onChange={(event) => set({ title: event.target.value })} />}</Field>
      <Field label="Description" className="mt-3.5">{(wires) => <Textarea {...wires} maxLength={4000} rows={5} value={draft.description} onChange={(event) => set({ description: event.target.value })} />}</Field>
      <Fields draft={draft} set={set} doing={doing} />
    </Dialog>
  );
}
