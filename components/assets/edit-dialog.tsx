"use client";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { announceRefusal } from "@/components/alerts/outcome-toast";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import type { AssetActions } from "@/lib/domain/views/assets";
import { announceAssets, assetsWord, takeBack } from "./announce";
import { AssetFields, changeOf, KnownNames, type Shared, type Touched } from "./fields";

export type EditTarget = { id: number; version: number };
type Props = {
  environment: number; items: readonly EditTarget[]; name: string | null; shared: Shared; known: { owners: readonly string[]; teams: readonly string[] };
  doors: Pick<AssetActions, "changeAssets" | "revertAssets">; onDone: () => void; onUndone: () => void; onClose: () => void;
};

/** Changes one asset or many. Only the touched fields are sent; what a colleague changed meanwhile is left alone and named. */
export function EditDialog({ environment, items, name, shared, known, doors, onDone, onUndone, onClose }: Props) {
  const [touched, setTouched] = useState<Touched>({});
  const [note, setNote] = useState("");
  const { change: wanted, faults } = changeOf(touched);
  const count = Object.keys(wanted).length;
  const isValid = Object.keys(faults).length === 0 && count > 0;

  const send = useSend(isValid, async () => {
    const answer = await doors.changeAssets({ environment, items, change: wanted, note: note.trim() || null }).catch(() => null);
    if (!answer?.ok) {
      if (answer) announceRefusal(answer.refusal);
      else toast({ tone: "error", title: "Docket did not answer", description: "Look whether it was done, then try again.", stays: 12_000 });
      return false;
    }
    const { actionId, same } = answer.value;
    announceAssets("Changed", answer.value, { same: same.length, undo: { environment, press: () => void takeBack({ environment, actionId, revert: doors.revertAssets, onDone: onUndone }) } });
    onDone();
    return true;
  });

  return (
    <Dialog title={name === null ? "Edit assets" : "Edit asset"} aside={name ?? assetsWord(items.length)} onClose={onClose} onKeyDown={send.onKeyDown} width={640}
      footer={<SendFooter hint={count === 0 ? "Nothing is touched yet" : `${count} ${count === 1 ? "field changes" : "fields change"}; the rest stays`} label="Save" sending={send.sending} disabled={count === 0} onCancel={onClose} onSend={send.submit} />}>
      <AssetFields shared={shared} touched={touched} faults={faults} isMany={items.length > 1} onTouch={setTouched} />
      <Field label="Note" hint="optional, kept in the history" className="mt-3">{(wires) => <Textarea {...wires} maxLength={4_000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
      <KnownNames {...known} />
    </Dialog>
  );
}
