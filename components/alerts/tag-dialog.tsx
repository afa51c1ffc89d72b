"use client";
import { Plus, X } from "lucide-react";
import { useEffect, useEffectEvent, useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import type { FindingRow } from "@/lib/domain/views/alerts";
import { tag } from "./deeds";
import { SendFooter, useSend } from "./dialog-parts";
import { subjectOf } from "./subject";
import { tagFault, tagsIn } from "./tags-in";
import type { DialogProps } from "./use-commands";

type Marked = { tag: string; on: number };

function tagsOf(rows: readonly FindingRow[]): Marked[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const each of row.tags) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].map(([name, on]) => ({ tag: name, on })).sort((a, b) => b.on - a.on || a.tag.localeCompare(b.tag));
}

function Chips({ label, tags, onRemove }: { label: string; tags: readonly string[]; onRemove: (tag: string) => void }) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1.5">
      {tags.map((each) => (
        <li key={each} className="inline-flex items-center rounded-md bg-accent-soft pl-2">
          {each}
          <button type="button" aria-label={`Leave out ${each}`} onClick={() => onRemove(each)} className="grid size-6 place-items-center text-ink-2 hover:text-ink"><X size={12} aria-hidden /></button>
        </li>
      ))}
    </ul>
  );
}

const MOST_OFFERED = 12;
const PAUSE_MS = 120;

/** Those in use here that hold the typed word, asked for after a moment without a key. */
function useTagsInUse({ environment, actions }: DialogProps["desk"], word: string): readonly string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  const load = useEffectEvent(async (isWanted: () => boolean) => {
    const answer = await actions.loadCompletions({ environment, source: "tag", prefix: word.slice(0, 100) }).catch(() => null);
    if (answer?.ok && isWanted()) setKnown(answer.value.values.map(({ value }) => value));
  });
  useEffect(() => {
    let isLast = true;
    const timer = setTimeout(() => void load(() => isLast), word === "" ? 0 : PAUSE_MS);
    return () => {
      isLast = false;
      clearTimeout(timer);
    };
  }, [word]);
  return known;
}

/** Tags that are in use here and go with what is being typed. */
function Offers({ desk, typed, taken, onTake }: Pick<DialogProps, "desk"> & { typed: string; taken: readonly string[]; onTake: (tag: string) => void }) {
  const word = (typed.split(",").at(-1) ?? "").trim().replace(/^#+\s*/, "").toLowerCase();
  const known = useTagsInUse(desk, word);
  const offered = known.filter((each) => !taken.includes(each) && each.toLowerCase().includes(word)).slice(0, MOST_OFFERED);
  return (
    <div role="group" aria-label="Tags in use" className="mt-2 flex min-h-6.5 flex-wrap gap-1.5">
      {offered.map((each) => <button key={each} type="button" onClick={() => onTake(each)} className="max-w-full truncate rounded-md border border-line-strong px-2 py-1 text-xs text-ink-2 hover:bg-hover hover:text-ink">#{each}</button>)}
    </div>
  );
}

/** Adds tags to, and takes tags from, everything chosen. */
export function TagDialog({ desk, rows, onClose, onSubmit }: DialogProps) {
  const [draft, setDraft] = useState<{ text: string; add: string[]; remove: string[] }>({ text: "", add: [], remove: [] });
  const present = tagsOf(rows);
  const typed = tagsIn(draft.text);
  const add = [...new Set([...draft.add, ...typed])];
  const fault = tagFault(add) ?? (add.length + draft.remove.length === 0 ? "Type a tag, or choose one to remove." : undefined);
  const send = useSend(fault === undefined, () => onSubmit((fresh) => tag(desk, fresh, add, draft.remove)));

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || typed.length === 0) return;
    event.preventDefault();
    setDraft({ ...draft, add, text: "" });
  }

  return (
    <Dialog
      title="Tag" aside={subjectOf(rows)} onClose={onClose} onKeyDown={send.onKeyDown} width={460}
      footer={<SendFooter hint={`${add.length} to add, ${draft.remove.length} to remove`} label="Apply" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="Add" hint="commas between several" error={send.tried ? fault : undefined}>
        {(wires) => (
          <div className="flex gap-1.5">
            <Input {...wires} data-autofocus maxLength={300} value={draft.text} onChange={(event) => setDraft({ ...draft, text: event.target.value })} onKeyDown={onKeyDown} />
            <Button size="md" aria-label="Add the tag" disabled={typed.length === 0} onClick={() => setDraft({ ...draft, add, text: "" })}><Plus size={14} aria-hidden /></Button>
          </div>
        )}
      </Field>
      <Offers desk={desk} typed={draft.text} taken={[...draft.add, ...present.filter(({ on }) => on === rows.length).map((each) => each.tag)]} onTake={(each) => setDraft({ ...draft, add: [...draft.add, each], text: "" })} />
      <div className="mt-2"><Chips label="To add" tags={draft.add} onRemove={(gone) => setDraft({ ...draft, add: draft.add.filter((each) => each !== gone) })} /></div>
      {present.length > 0 ? (
        <fieldset className="mt-3.5">
          <legend className="mb-1 font-medium">Remove</legend>
          {present.slice(0, 30).map((each) => (
            <label key={each.tag} className="flex cursor-pointer items-center gap-2 rounded-md px-1.5 py-1 hover:bg-hover">
              <input type="checkbox" className="accent-(--accent)" checked={draft.remove.includes(each.tag)} onChange={(event) => setDraft({ ...draft, remove: event.target.checked ? [...draft.remove, each.tag] : draft.remove.filter((name) => name !== each.tag) })} />
              <span className="flex-1 truncate">{each.tag}</span>{rows.length > 1 ? <span className="text-xs text-ink-3">on {each.on}</span> : null}
            </label>
          ))}
        </fieldset>
      ) : null}
    </Dialog>
  );
}
