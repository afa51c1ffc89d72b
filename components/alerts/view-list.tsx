"use client";
import clsx from "clsx";
import { Check, Pin } from "lucide-react";
import { useState, type ReactNode } from "react";
import { copyText } from "@/components/ui/copy-text";
import { moveFocus } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import { can, type Role } from "@/lib/domain/access/can";
import type { QueueFilter } from "@/lib/domain/views/alerts";
import type { ViewRow } from "@/lib/domain/views/desk";
import { deskAddress } from "@/lib/domain/views/queue-address";
import type { Views } from "./use-views";
import { BUILT_IN, builtInName, isChanged, type ViewAsk } from "./view-words";

const itemClass = "flex w-full min-w-0 flex-1 items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover focus-visible:bg-hover disabled:opacity-50";
const MANY = 7;

function Group({ label, children }: { label: string; children: ReactNode }) {
  return <div role="group" aria-label={label}><p aria-hidden className="px-2 pt-2 pb-0.5 text-2xs text-ink-3">{label}</p>{children}</div>;
}

type ItemProps = { popover: string; label: string; hint?: string; count?: number; isHere?: boolean; onSelect: () => void };

function Item({ popover, label, hint, count, isHere, onSelect }: ItemProps) {
  return (
    <button type="button" role="menuitem" popoverTarget={popover} popoverTargetAction="hide" onClick={onSelect} aria-current={isHere ? "true" : undefined} className={itemClass}>
      <span className="min-w-0 flex-1 truncate">{label}{hint ? <span className="block truncate text-xs text-ink-3">{hint}</span> : null}</span>
      {count === undefined ? null : <span className="text-xs text-ink-3">{count.toLocaleString("en")}</span>}
      {isHere ? <Check size={13} aria-label="open" className="text-accent" /> : null}
    </button>
  );
}

function hintOf(view: ViewRow, myDefault: number | null): string {
  return [view.id === myDefault ? "your default" : null, view.isEverybodysDefault ? "everybody's default" : null, view.isMine ? null : view.owner, view.description || null].filter(Boolean).join(" · ");
}

function Row({ view, popover, views }: { view: ViewRow; popover: string; views: Views }) {
  const isPinned = views.pins.includes(view.id);
  return (
    <div className="flex items-center">
      <Item popover={popover} label={view.name} hint={hintOf(view, views.desk.myDefault)} isHere={views.view?.id === view.id} onSelect={() => views.open(view.id)} />
      <button type="button" role="menuitem" aria-label={isPinned ? `Take ${view.name} out of the side` : `Pin ${view.name} to the side`} title={isPinned ? "Take out of the side" : "Pin to the side"} onClick={() => views.pin(view.id)} className={clsx("grid size-7 shrink-0 place-items-center rounded-md hover:bg-hover", isPinned ? "text-accent" : "text-ink-3")}>
        <Pin size={12} aria-hidden className={isPinned ? "fill-current" : undefined} />
      </button>
    </div>
  );
}

async function copyLink(address: string) {
  if (await copyText(`${location.origin}${location.pathname}${address}`)) toast({ tone: "plain", title: "Address copied", stays: 4_000 });
}

/** What can be done with the open view. */
function Deeds({ popover, views, filter, role, onAsk }: Props) {
  const { view, desk } = views;
  const item = (label: string, onSelect: () => void, hint?: string) => <Item key={label} popover={popover} label={label} hint={hint} onSelect={onSelect} />;
  const isMyDefault = view !== null && desk.myDefault === view.id;
  return (
    <Group label={view ? view.name : "What is shown"}>
      {item("Save as a new view…", () => onAsk("new"))}
      {item("Copy the address", () => void copyLink(deskAddress(filter, null, view)), view && !view.isShared ? "Others cannot open it: it is yours alone" : undefined)}
      {view?.mayChange ? item("Edit, share or delete…", () => onAsk("change")) : null}
      {view && isChanged(views, filter) ? item("Back to how it was saved", () => views.open(view.id)) : null}
      {view ? item(isMyDefault ? "No longer my default" : "Make it my default", () => void views.makeDefault(filter, isMyDefault ? null : view.id, false)) : null}
      {view?.isShared && can(role, "view.manage") ? item(view.isEverybodysDefault ? "No longer everybody's default" : "Make it everybody's default", () => void views.makeDefault(filter, view.isEverybodysDefault ? null : view.id, true)) : null}
    </Group>
  );
}

type Props = { popover: string; views: Views; filter: QueueFilter; role: Role; onAsk: (ask: ViewAsk) => void };

/** Every view that this person may open, and what can be done with the one that is. */
export function ViewList(props: Props) {
  const { popover, views, filter } = props;
  const [text, setText] = useState("");
  const { desk } = views;
  const here = views.view ? null : builtInName(filter);
  const wanted = text.trim().toLowerCase();
  const fits = desk.views.filter((view) => `${view.name} ${view.description} ${view.owner}`.toLowerCase().includes(wanted));
  const recent = wanted === "" && desk.views.length > MANY ? desk.recent.slice(0, 3).flatMap((id) => desk.views.find((view) => view.id === id) ?? []) : [];
  const counts: Partial<Record<string, number>> = { bookmarked: desk.bookmarks.length, shared: desk.sharedWithMe };
  const groups = [["Recent", recent], ["Yours", fits.filter(({ isShared }) => !isShared)], ["Shared", fits.filter(({ isShared }) => isShared)]] as const;
  return (
    <div role="menu" tabIndex={-1} aria-label="Views" onKeyDown={moveFocus}>
      {desk.views.length > MANY ? <input type="search" aria-label="Find a view" placeholder="Find a view" value={text} onChange={(event) => setText(event.target.value)} className="mb-1 h-8 w-full rounded-md border border-line bg-panel px-2" /> : null}
      {wanted === "" ? BUILT_IN.map((each) => <Item key={each.key} popover={popover} label={each.name} count={counts[each.key]} isHere={here === each.name} onSelect={() => views.go(each.address)} />) : null}
      {groups.map(([label, list]) => (list.length > 0 ? <Group key={label} label={label}>{list.map((view) => <Row key={view.id} view={view} popover={popover} views={views} />)}</Group> : null))}
      {wanted !== "" && fits.length === 0 ? <p className="px-2 py-1.5 text-ink-3">No view has that name.</p> : null}
      <div aria-hidden className="my-1 h-px bg-line" />
      <Deeds {...props} />
    </div>
  );
}
