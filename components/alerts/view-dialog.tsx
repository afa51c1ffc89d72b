"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { can } from "@/lib/domain/access/can";
import { printQuery } from "@/lib/domain/filter/query";
import { COLUMNS } from "@/lib/domain/desk/layout";
import { TAB_LABELS } from "@/lib/domain/finding/words";
import type { Refusal } from "@/lib/domain/refusal";
import type { AlertsPage, QueueFilter } from "@/lib/domain/views/alerts";
import { queueAddress } from "@/lib/domain/views/queue-address";
import { SendFooter, useSend } from "./dialog-parts";
import type { Views } from "./use-views";
import { isChanged, type ViewAsk } from "./view-words";

type Props = { ask: ViewAsk; page: AlertsPage; views: Views; filter: QueueFilter; onClose: () => void };
type Draft = { name: string; description: string; shared: boolean; takes: boolean; isDefault: boolean };

const SILENCE: Refusal = { code: "unavailable", message: "Docket did not answer. What you wrote is still here." };

function firstDraft({ ask, views, filter }: Props): Draft {
  const { view } = views;
  if (ask === "change" && view) return { name: view.name, description: view.description, shared: view.isShared, takes: isChanged(views, filter), isDefault: views.desk.myDefault === view.id };
  return { name: "", description: view?.description ?? "", shared: false, takes: true, isDefault: false };
}

/** Saves, and says what stands against it; null: it is saved. */
function useViewDoors({ ask, page, views, filter, onClose }: Props) {
  const environment = page.environment.number;
  const { view, layout, doors } = views;
  const shown = { filter: queueAddress(filter), columns: layout.columns, density: layout.density };

  async function save({ name, description, shared, takes, isDefault }: Draft, anyway: boolean): Promise<Refusal | null> {
    const told = { environment, name, description, shared };
    const done = await (ask === "change" && view ? doors.changeView({ ...told, view: view.id, version: view.version, anyway, ...(takes ? shown : {}) }) : doors.saveView({ ...told, ...shown })).catch(() => null);
    if (!done?.ok) return done?.refusal ?? SILENCE;
    const isTurned = isDefault !== (views.desk.myDefault === done.value.id) && (await doors.setDefaultView({ environment, view: isDefault ? done.value.id : null }).catch(() => null))?.ok;
    toast({ tone: "plain", title: `Saved ${name}`, description: shared ? "Everybody in this environment sees it; its address can be sent." : undefined, stays: 5_000 });
    onClose();
    await views.renew(filter, { view: done.value.id, ...(isTurned ? { myDefault: isDefault ? done.value.id : null } : {}) });
    return null;
  }
  async function remove(anyway: boolean): Promise<Refusal | null> {
    if (!view) return null;
    const done = await doors.deleteView({ environment, view: view.id, anyway }).catch(() => null);
    if (!done?.ok) return done?.refusal ?? SILENCE;
    toast({ tone: "plain", title: `Deleted ${view.name}`, description: done.value.defaults > 0 ? `${done.value.defaults === 1 ? "One person is" : `${done.value.defaults} people are`} told at their next visit that their default is gone.` : undefined, stays: 6_000 });
    onClose();
    await views.renew(filter, { view: null, ...(views.desk.myDefault === view.id ? { myDefault: null } : {}) });
    return null;
  }
  return { save, remove };
}

/** What the view will hold, in words. */
function Holds({ filter, views }: Pick<Props, "filter" | "views">) {
  const typed = printQuery(filter);
  return (
    <div className="mt-3 rounded-[9px] bg-sunk px-3 py-2.5 text-xs text-ink-2">
      <p><b className="font-medium text-ink">{TAB_LABELS[filter.tab]}</b> {typed ? <code className="break-words">{typed}</code> : "without a filter"}</p>
      <p className="mt-1 text-ink-3">Columns: {views.layout.columns.map((id) => COLUMNS[id]).join(", ") || "none beside the title"}; {views.layout.density}.</p>
    </div>
  );
}

function Choice({ label, hint, checked, disabled, onChange }: { label: string; hint?: string; checked: boolean; disabled?: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="mt-2 flex cursor-pointer items-baseline gap-2 has-disabled:cursor-not-allowed has-disabled:opacity-60">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} className="accent-(--accent)" />
      <span>{label}{hint ? <span className="block text-xs text-ink-3">{hint}</span> : null}</span>
    </label>
  );
}

/** Saves what is shown as a view, or changes the open one. Where a view is somebody's default, taking it away is asked twice. */
export function ViewDialog(props: Props) {
  const { ask, page, views, filter, onClose } = props;
  const [draft, setDraft] = useState(() => firstDraft(props));
  const [trouble, setTrouble] = useState<{ refusal: Refusal; again: (() => void) | null } | null>(null);
  const doors = useViewDoors(props);
  const isChange = ask === "change";
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const asksAgain = (refusal: Refusal) => refusal.errors?.some(({ path }) => path === "anyway") === true;
  async function tell(work: Promise<Refusal | null>, again: () => void): Promise<boolean> {
    const refusal = await work;
    setTrouble(refusal && { refusal, again: asksAgain(refusal) ? again : null });
    return refusal === null;
  }
  const save = (anyway: boolean) => tell(doors.save(draft, anyway), () => void save(true));
  const remove = (anyway: boolean) => tell(doors.remove(anyway), () => void remove(true));
  const send = useSend(draft.name.trim() !== "", () => save(false));
  const mayShare = can(page.me.role, "view.share") && (!isChange || views.view?.isMine !== false);

  return (
    <Dialog
      title={isChange ? "Edit the view" : "Save as a view"} onClose={onClose} onKeyDown={(event) => { send.onKeyDown(event); if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type === "text") send.submit(); }} width={480}
      footer={<SendFooter hint={isChange ? <Button size="md" look="quiet" onClick={() => void remove(false)}>Delete…</Button> : ""} label="Save" sending={send.sending} onCancel={onClose} onSend={send.submit} />}
    >
      <Field label="Name" error={send.tried && draft.name.trim() === "" ? "Name the view." : null}>
        {(wires) => <Input {...wires} type="text" data-autofocus maxLength={80} value={draft.name} onChange={(event) => change({ name: event.target.value })} />}
      </Field>
      <Field label="Description" hint="what it is for" className="mt-3">
        {(wires) => <Textarea {...wires} maxLength={500} value={draft.description} onChange={(event) => change({ description: event.target.value })} />}
      </Field>
      <Choice label="Share it with everybody in this environment" hint={mayShare ? "They open it from the menu or by its address; you and managers change it." : "Analysts and above share views; one's owner alone takes it back."} checked={draft.shared} disabled={!mayShare} onChange={(shared) => change({ shared })} />
      <Choice label="Open it at the start of my visits" checked={draft.isDefault} onChange={(isDefault) => change({ isDefault })} />
      {isChange && isChanged(views, filter) ? <Choice label="Take over the filter, order and columns that are shown" checked={draft.takes} onChange={(takes) => change({ takes })} /> : null}
      {!isChange || draft.takes ? <Holds filter={filter} views={views} /> : null}
      {trouble ? (
        <div role="alert" className="mt-3 text-danger">
          <p>{trouble.refusal.message}</p>
          {trouble.again ? <p className="mt-1 flex items-center gap-2 text-ink-2">Whoever it is taken from is told at their next visit. <Button size="xs" look="danger" onClick={trouble.again}>Do it anyway</Button></p> : trouble.refusal.next ? <p className="text-ink-2">{trouble.refusal.next}</p> : null}
        </div>
      ) : null}
    </Dialog>
  );
}
