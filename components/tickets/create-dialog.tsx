"use client";
import clsx from "clsx";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { seen } from "@/components/alerts/deeds";
import { dayAfter, HelpLink, SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { subjectOf } from "@/components/alerts/subject";
import type { DialogProps } from "@/components/alerts/use-commands";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { PRIORITIES, PRIORITY_LABELS } from "@/lib/domain/ticket/words";
import type { DestinationChoice } from "@/lib/domain/views/tickets";
import { createDraft, faultsOf, GROUPINGS, termsOf, type CreateDraft } from "./create-draft";
import { CreatePreview } from "./create-preview";
import { announceMade, ticketsWord } from "./ticket-news";
import { MAKING, useDestinations, usePreview } from "./use-create";

type Part = { draft: CreateDraft; set: (part: Partial<CreateDraft>) => void };

/** How the findings become tickets; one finding leaves nothing to choose. */
function Groupings({ draft, set }: Part) {
  return (
    <fieldset className="mb-3">
      <legend className="mb-1 font-medium">Tickets</legend>
      <div className="flex flex-wrap gap-1.5">
        {GROUPINGS.map(({ grouping, label }) => (
          <label key={grouping} className={clsx("cursor-pointer rounded-lg border px-2.5 py-1.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus", draft.grouping === grouping ? "border-accent bg-accent-soft text-ink" : "border-line-strong text-ink-2 hover:bg-hover hover:text-ink")}>
            <input type="radio" name="grouping" checked={draft.grouping === grouping} data-autofocus={draft.grouping === grouping || undefined} onChange={() => set({ grouping })} className="sr-only" />{label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Destination({ draft, set, choices, isFirst }: Part & { choices: readonly DestinationChoice[]; isFirst: boolean }) {
  const chosen = choices.find(({ connector }) => connector === draft.connector);
  return (
    <Field label="Goes to" hint={chosen?.trouble ? undefined : draft.connector === null ? "it is tracked in Docket" : "sent once it is made"}>
      {(wires) => (
        <>
          <Select {...wires} data-autofocus={isFirst || undefined} value={draft.connector ?? ""} onChange={(event) => set({ connector: event.target.value === "" ? null : Number(event.target.value) })}>
            {choices.map(({ connector, name, trouble }) => <option key={connector ?? 0} value={connector ?? ""}>{name}{trouble ? " (in trouble)" : ""}</option>)}
          </Select>
          {chosen?.trouble ? <p role="status" className="mt-1 text-xs break-words text-high">{chosen.trouble}</p> : null}
        </>
      )}
    </Field>
  );
}

/** What the tickets say of themselves; what is left empty follows from the findings. */
function Fields({ draft, set, desk, faults }: Part & { desk: DialogProps["desk"]; faults: ReturnType<typeof faultsOf> }) {
  const text = (name: "team" | "cc" | "labels", label: string, hint: string, error?: string) => (
    <Field label={label} hint={hint} error={error}>{(wires) => <Input {...wires} maxLength={2000} value={draft[name]} onChange={(event) => set({ [name]: event.target.value })} />}</Field>
  );
  return (
    <>
      <Field label="Assignee">
        {(wires) => (
          <Select {...wires} value={draft.assignee} onChange={(event) => set({ assignee: event.target.value })}>
            <option value="">As the findings have it</option><option value={desk.me.id}>{desk.me.name} (me)</option><option value="none">Nobody</option>
            {desk.people.filter(({ id }) => id !== desk.me.id).map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
          </Select>
        )}
      </Field>
      {text("team", "Team", "else that of the assets")}
      <Field label="Priority">
        {(wires) => (
          <Select {...wires} value={draft.priority} onChange={(event) => set({ priority: PRIORITIES.find((each) => each === event.target.value) ?? "" })}>
            <option value="">As the severity says</option>{PRIORITIES.map((each) => <option key={each} value={each}>{PRIORITY_LABELS[each]}</option>)}
          </Select>
        )}
      </Field>
      <Field label="Due on" hint="else the first clock of the findings" error={faults.dueOn}>{(wires) => <Input {...wires} type="date" min={dayAfter(desk.now, 0)} value={draft.dueOn} onChange={(event) => set({ dueOn: event.target.value })} />}</Field>
      {text("labels", "Labels", "single words")}
      {text("cc", "Copies to", "e-mail addresses", faults.cc)}
    </>
  );
}

/** Makes tickets of findings: how many, where they go, who has them; and all the while what would come of it. */
export function CreateTicketDialog({ desk, rows, onClose }: DialogProps) {
  const router = useRouter();
  const [draft, setDraft] = useState(createDraft);
  const set = (part: Partial<CreateDraft>) => setDraft((before) => ({ ...before, ...part }));
  const choices = useDestinations(desk.environment);
  const found = faultsOf(draft);
  const isSound = Object.keys(found).length === 0;
  const terms = termsOf(draft, desk.environment, seen(rows));
  const previewed = usePreview(isSound ? terms : null);
  const count = previewed.preview?.groups.length ?? 0;
  const isMany = rows.length > 1;
  const send = useSend(isSound && count > 0, async () => {
    const answer = await MAKING.createTickets(terms).catch(() => null);
    const done = announceMade(answer, (ticket) => router.push(`/e/${desk.environment}/tickets/${ticket}`));
    if (!done) return false;
    onClose();
    router.refresh();
    return true;
  });
  return (
    <Dialog
      title="Create ticket" aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={680}
      footer={<SendFooter hint={<HelpLink environment={desk.environment} topic="tickets">Ticket and finding: why two?</HelpLink>} label={count > 1 ? `Create ${ticketsWord(count)}` : "Create ticket"} sending={send.sending} disabled={previewed.preview !== null && count === 0} onCancel={onClose} onSend={send.submit} />}
    >
      {isMany ? <Groupings draft={draft} set={set} /> : null}
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3 max-sm:grid-cols-1">
        <Destination draft={draft} set={set} choices={choices} isFirst={!isMany} />
        {!isMany || draft.grouping === "one" ? <Field label="Title" hint="else it names itself">{(wires) => <Input {...wires} maxLength={300} value={draft.title} placeholder={previewed.preview?.groups[0]?.title} onChange={(event) => set({ title: event.target.value })} />}</Field> : <span className="max-sm:hidden" />}
        <Fields draft={draft} set={set} desk={desk} faults={found} />
      </div>
      <CreatePreview previewed={previewed} draft={draft} set={set} />
    </Dialog>
  );
}
