"use client";
import clsx from "clsx";
import * as Radix from "radix-ui/dialog";
import { useRouter } from "next/navigation";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useModulesHere } from "@/components/module/module-context";
import { giveFocusBack, placeOfFocus } from "@/components/ui/focus-back";
import type { Role } from "@/lib/domain/access/can";
import type { EnvironmentView } from "@/lib/domain/views/shell";
import { useFound } from "./find-findings";
import { useViewNames } from "./find-views";
import { KeyCaps } from "./keyboard";
import { commandItems, environmentItems, foundItems, moduleItems, ranked, recentItems, viewItems, type Item } from "./palette-items";
import { recentFindings } from "./recent-findings";

type Props = { environment: EnvironmentView; environments: readonly EnvironmentView[]; role: Role; onClose: () => void };

function Option({ item, id, isOn, head, onPoint, onChoose }: { item: Item; id: string; isOn: boolean; head: boolean; onPoint: () => void; onChoose: () => void }) {
  return (
    <>
      {head ? <li role="presentation" className="px-3 pt-2.5 pb-1 text-2xs text-ink-3">{item.group}</li> : null}
      <li id={id} role="option" aria-selected={isOn} onPointerMove={onPoint} onClick={onChoose} className={clsx("mx-1.5 flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5", isOn && "bg-selected")}>
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        {item.hint ? <span className="max-w-[45%] truncate text-xs text-ink-3">{item.hint}</span> : null}
        {item.command ? <KeyCaps of={item.command} /> : null}
      </li>
    </>
  );
}

/** What is offered for what was typed: findings by number or text from the server, everything else from here. */
function useItems({ environment, environments, role }: Props, text: string) {
  const router = useRouter();
  const found = useFound(environment.number, text);
  const views = useViewNames(environment.number);
  const modules = useModulesHere();
  const known = useMemo(() => {
    const go = (address: string) => router.push(address);
    return [...commandItems(role), ...recentItems(recentFindings(environment.number), environment.number, go), ...moduleItems(modules, environment.number, go), ...environmentItems(environments, environment.number, go)];
  }, [environment, environments, modules, role, router]);
  const findings = foundItems(found, environment.number, (address) => router.push(address));
  const isNumber = /^\s*(?:f-?)?\d+\s*$/i.test(text);
  const others = ranked(text, [...known, ...viewItems(views, environment.number, (address) => router.push(address))]);
  return { items: isNumber ? [...findings, ...others] : [...others, ...findings], state: found.state };
}

/** Type what you want: a finding's number or words, a deed, a page, an environment. Arrows choose, Enter takes, Esc leaves. */
export function Palette(props: Props) {
  const { onClose } = props;
  const id = useId();
  const [place] = useState(placeOfFocus);
  const chosen = useRef<Item | null>(null);
  const [draft, setDraft] = useState({ text: "", at: 0 });
  const { items, state } = useItems(props, draft.text);
  const at = Math.min(draft.at, items.length - 1);
  useEffect(() => document.getElementById(`${id}${at}`)?.scrollIntoView({ block: "nearest" }), [id, at]);

  function choose(item: Item | undefined) {
    if (!item) return;
    chosen.current = item;
    onClose();
  }
  /** The palette is gone: the focus goes back to where it was, and only then the deed is done, which may take it elsewhere or open a dialog of its own. */
  function leave() {
    giveFocusBack(place);
    chosen.current?.act();
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (step === undefined) choose(items[at]);
    else setDraft({ ...draft, at: Math.abs(step) === 1 ? (at + step + items.length) % Math.max(1, items.length) : Math.max(0, Math.min(items.length - 1, at + step)) });
  }

  return (
    <Radix.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content aria-describedby={undefined} onCloseAutoFocus={(event) => { event.preventDefault(); leave(); }} className="fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-[620px] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-col overflow-hidden rounded-[14px] border border-line-strong bg-raised shadow-menu">
          <Radix.Title className="sr-only">Search, go or do anything</Radix.Title>
          <input
            autoFocus role="combobox" aria-expanded aria-controls={id} aria-autocomplete="list" aria-label="Search, go or do anything" aria-activedescendant={items[at] ? `${id}${at}` : undefined}
            placeholder="F-42, words of a finding, a deed, a page…" maxLength={200} value={draft.text} onChange={(event) => setDraft({ text: event.target.value, at: 0 })} onKeyDown={onKeyDown}
            className="border-b border-line bg-transparent px-4 py-3 text-base outline-none placeholder:text-ink-3"
          />
          <ul id={id} role="listbox" aria-label="Offers" className="min-h-0 flex-1 overflow-y-auto pb-1.5">
            {items.map((item, index) => <Option key={item.key} item={item} id={`${id}${index}`} isOn={index === at} head={item.group !== items[index - 1]?.group} onPoint={() => { if (index !== at) setDraft({ ...draft, at: index }); }} onChoose={() => choose(item)} />)}
          </ul>
          <p role="status" className="border-t border-line px-4 py-1.5 text-xs text-ink-3">
            {state === "asking" ? "Searching findings…" : state === "failed" ? "The search did not answer; what is here still works." : items.length === 0 ? "Nothing answers to that." : `${items.length} ${items.length === 1 ? "offer" : "offers"}`}
          </p>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
