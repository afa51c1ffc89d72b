"use client";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { announceRefusal } from "@/components/alerts/outcome-toast";
import { Dialog } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import type { AssetActions, AssetsChangedView } from "@/lib/domain/views/assets";
import { AssetFields, changeOf, KnownNames, type Shared, type Touched } from "./fields";

export type EditTarget = { id: number; version: number };
export const assetsWord = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "asset" : "assets"}`;

function announce({ changed, same, skipped }: AssetsChangedView) {
  const description = [...(same.length > 0 ? [`${assetsWord(same.length)} said so already`] : []), ...skipped.slice(0, 4).map(({ why }) => why), ...(skipped.length > 4 ? [`and ${skipped.length - 4} more`] : [])].join("\n");
  if (changed.length === 0) return toast({ tone: skipped.length > 0 ? "error" : "plain", title: "Nothing was changed", description: description || undefined, stays: 10_000 });
  toast({ tone: "plain", title: `Changed ${assetsWord(changed.length)}${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`, description: description || undefined, stays: description ? 12_000 : 7_000 });
}

type Props = {
  environment: number; items: readonly EditTarget[]; name: string | null; shared: Shared; known: { owners: readonly string[]; teams: readonly string[] };
  change: AssetActions["changeAssets"]; onDone: () => void; onClose: () => void;
};

/** Changes one asset or many. Only the touched fields are sent; what a colleague changed meanwhile is left alone and named. */
export function EditDialog({ environment, items, name, shared, known, change, onDone, onClose }: Props) {
  const [touched, setTouched] = useState<Touched>({});
  const [note, setNote] = useState("");
  const { change: wanted, faults } = changeOf(touched);
  const count = Object.keys(wanted).length;
  const isValid = Object.keys(faults).length === 0 && count > 0;

  const send = useSend(isValid, async () => {
    const answer = await change({ environment, items, change: wanted, note: note.trim() || null }).catch(() => null);
    if (!answer?.ok) {
      if (answer) announceRefusal(answer.refusal);
      else toast({ tone: "error", title: "Docket did not answer", description: "Look whether it was done, then try again.", stays: 12_000 });
      return false;
    }
    announce(answer.value);
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
