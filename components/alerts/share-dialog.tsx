"use client";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { Face } from "@/components/ui/states";
import { toast } from "@/components/ui/toast";
import type { ViewActions } from "@/lib/domain/views/desk";
import type { Me, PersonView } from "@/lib/domain/views/shell";
import { SendFooter, useSend } from "./dialog-parts";
import { findings } from "./outcome-toast";
import { usePeople } from "./use-people";

type Props = { environment: number; me: Me; people: readonly PersonView[]; rows: readonly { number: number; title: string }[]; share: ViewActions["shareFindings"]; onClose: () => void };

/** The address that leads to what is shared. */
function addressOf(environment: number, numbers: readonly number[]): string {
  const [first] = numbers;
  return numbers.length === 1 ? `${location.origin}/e/${environment}/findings/${first}` : `${location.origin}/e/${environment}/alerts?tab=all&q=number:${numbers.join(",")}`;
}

/** How many numbers an address holds: as many values as the language takes of one field. */
const MOST_IN_ADDRESS = 50;

function CopyLink({ environment, numbers }: { environment: number; numbers: readonly number[] }) {
  async function copy() {
    if (await copyText(addressOf(environment, numbers))) toast({ tone: "plain", title: "Address copied", stays: 4_000 });
  }
  if (numbers.length > MOST_IN_ADDRESS) return null;
  return <Button size="md" icon={<Link2 size={13} aria-hidden />} onClick={() => void copy()}>Copy the address</Button>;
}

function People({ people, chosen, onChange }: { people: readonly PersonView[]; chosen: readonly number[]; onChange: (chosen: readonly number[]) => void }) {
  return (
    <ul aria-label="People" className="mt-2 max-h-52 overflow-y-auto">
      {people.map((person) => (
        <li key={person.id}>
          <label className="flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover has-focus-visible:bg-hover">
            <input type="checkbox" className="accent-(--accent)" checked={chosen.includes(person.id)} onChange={(event) => onChange(event.target.checked ? [...chosen, person.id] : chosen.filter((id) => id !== person.id))} />
            <span aria-hidden><Face initials={person.initials} name={person.name} /></span>
            <span className="min-w-0 flex-1 truncate">{person.name} <span className="text-xs text-ink-3">{person.email}</span></span>
          </label>
        </li>
      ))}
      {people.length === 0 ? <li className="px-2 py-1.5 text-ink-3">Nobody in this environment has that name.</li> : null}
    </ul>
  );
}

/** Points colleagues to findings: they see who and why on the finding, and find them all under is:shared. */
export function ShareDialog({ environment, me, people: known, rows, share, onClose }: Props) {
  const [draft, setDraft] = useState<{ text: string; chosen: readonly number[]; note: string; trouble: string | null }>({ text: "", chosen: [], note: "", trouble: null });
  const people = usePeople(environment, known);
  const numbers = rows.map(({ number }) => number);
  const wanted = draft.text.trim().toLowerCase();
  const shown = people.filter((person) => person.id !== me.id && (draft.chosen.includes(person.id) || `${person.name} ${person.email}`.toLowerCase().includes(wanted))).slice(0, 50);
  const send = useSend(draft.chosen.length > 0, async () => {
    const done = await share({ environment, items: numbers.map((number) => ({ number })), people: draft.chosen, note: draft.note.trim() || undefined }).catch(() => null);
    if (!done?.ok) setDraft((before) => ({ ...before, trouble: done ? done.refusal.message : "Docket did not answer. What you wrote is still here." }));
    else {
      toast({ tone: "plain", title: `Shared ${rows.length === 1 ? `F-${numbers[0]}` : findings(rows.length)} with ${done.value.people === 1 ? "one person" : `${done.value.people} people`}`, stays: 5_000 });
      onClose();
    }
    return done?.ok === true;
  });

  return (
    <Dialog
      title="Share" aside={rows.length === 1 ? `F-${numbers[0]} ${rows[0]?.title}` : findings(rows.length)} onClose={onClose} onKeyDown={send.onKeyDown} width={480}
      footer={<SendFooter hint={draft.chosen.length === 0 ? "" : `${draft.chosen.length} chosen`} label="Share" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="With" error={send.tried && draft.chosen.length === 0 ? "Choose somebody." : null}>
        {(wires) => <Input {...wires} data-autofocus placeholder="Name or e-mail" value={draft.text} onChange={(event) => setDraft({ ...draft, text: event.target.value })} />}
      </Field>
      <People people={shown} chosen={draft.chosen} onChange={(chosen) => setDraft({ ...draft, chosen })} />
      <Field label="Why" hint="stands on the finding and in its timeline" className="mt-3">
        {(wires) => <Textarea {...wires} maxLength={2_000} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.target.value })} />}
      </Field>
      {draft.trouble ? <p role="alert" className="mt-2 text-danger">{draft.trouble}</p> : null}
      <div className="mt-3"><CopyLink environment={environment} numbers={numbers} /></div>
    </Dialog>
  );
}
