"use client";
import clsx from "clsx";
import { useState, type KeyboardEvent } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/field";
import { Face } from "@/components/ui/states";
import type { PersonView } from "@/lib/domain/views/shell";
import { assign } from "./deeds";
import { subjectOf } from "./subject";
import type { DialogProps } from "./use-commands";

type Choice = { key: string; name: string; hint: string; person: PersonView | null };

function choicesOf(people: readonly PersonView[], me: PersonView, text: string): Choice[] {
  const others = people.filter((person) => person.id !== me.id).map((person) => ({ key: String(person.id), name: person.name, hint: person.email, person }));
  const all: Choice[] = [{ key: "me", name: `${me.name} (me)`, hint: me.email, person: me }, { key: "none", name: "Nobody", hint: "takes the assignment away", person: null }, ...others];
  const wanted = text.trim().toLowerCase();
  return all.filter((choice) => `${choice.name} ${choice.hint}`.toLowerCase().includes(wanted)).slice(0, 50);
}

/** Type a name, press Enter. Assigning is a first response: it stops the acknowledge clock. */
export function AssignDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const [draft, setDraft] = useState({ text: "", at: 0 });
  const [isSending, setSending] = useState(false);
  const choices = choicesOf(desk.people, desk.me, draft.text);
  const at = Math.min(draft.at, choices.length - 1);

  async function choose(choice: Choice | undefined) {
    if (!choice || isSending) return;
    setSending(true);
    const done = await onSubmit((fresh) => assign(desk, fresh, choice.person));
    if (!done) setSending(false);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 && event.key !== "Enter") return;
    event.preventDefault();
    if (event.key === "Enter") void choose(choices[at]);
    else setDraft({ ...draft, at: Math.max(0, Math.min(choices.length - 1, at + step)) });
  }

  return (
    <Dialog title="Assign" aside={subjectOf(rows)} onClose={onClose} width={420}>
      <Input
        data-autofocus role="combobox" aria-label="Person" aria-expanded aria-controls="assign-people" aria-activedescendant={choices[at] ? `assign-${choices[at].key}` : undefined}
        placeholder="Name or e-mail" value={draft.text} onChange={(event) => setDraft({ text: event.target.value, at: 0 })} onKeyDown={onKeyDown}
      />
      <ul id="assign-people" role="listbox" aria-label="People" className="mt-2 max-h-72 overflow-y-auto">
        {choices.map((choice, index) => (
          <li key={choice.key} id={`assign-${choice.key}`} role="option" aria-selected={index === at} onClick={() => void choose(choice)} className={clsx("flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5", index === at ? "bg-selected" : "hover:bg-hover")}>
            <span aria-hidden>{choice.person ? <Face initials={choice.person.initials} name={choice.person.name} /> : <span className="block size-[22px] rounded-full border border-dashed border-edge" />}</span>
            <span className="min-w-0 flex-1 truncate">{choice.name} <span className="text-xs text-ink-3">{choice.hint}</span></span>
          </li>
        ))}
        {choices.length === 0 ? <li className="px-2 py-1.5 text-ink-3">Nobody in this environment has that name.</li> : null}
      </ul>
    </Dialog>
  );
}
