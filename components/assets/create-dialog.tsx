"use client";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { announceRefusal } from "@/components/alerts/outcome-toast";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { assetName } from "@/lib/domain/asset/input";
import { NEW_ASSET } from "@/lib/domain/asset/words";
import type { AssetActions } from "@/lib/domain/views/assets";
import { AssetFields, changeOf, KnownNames, type Touched } from "./fields";

type Props = { environment: number; known: { owners: readonly string[]; teams: readonly string[] }; create: AssetActions["createAsset"]; onDone: () => void; onClose: () => void };

/** Enters an asset before any scan has met it, so that its absence from scans shows. */
export function CreateDialog({ environment, known, create, onDone, onClose }: Props) {
  const [name, setName] = useState("");
  const [taken, setTaken] = useState<string | null>(null);
  const [touched, setTouched] = useState<Touched>({});
  const { change, faults } = changeOf(touched);
  const read = assetName.safeParse(name);
  const fault = taken === name && name !== "" ? "This name is taken." : read.success ? null : (read.error.issues[0]?.message ?? "This name cannot be taken.");

  const send = useSend(fault === null && Object.keys(faults).length === 0, async () => {
    const answer = await create({ environment, name, ...change }).catch(() => null);
    if (answer?.ok) {
      toast({ tone: "plain", title: `Added ${name.trim()}`, stays: 7_000 });
      onDone();
      return true;
    }
    if (answer?.refusal.code === "conflict") setTaken(name);
    else if (answer) announceRefusal(answer.refusal);
    else toast({ tone: "error", title: "Docket did not answer", description: "Look whether it was done, then try again.", stays: 12_000 });
    return false;
  });

  return (
    <Dialog title="Add an asset" description="Scans know it again by its name: write it as they do." onClose={onClose} onKeyDown={send.onKeyDown} width={640}
      footer={<SendFooter hint="Nothing is ever deleted: what goes is retired by a date" label="Add" sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <Field label="Name" required error={send.tried || taken === name ? fault : null} className="mb-3">{(wires) => <Input {...wires} data-autofocus maxLength={300} placeholder="web-1.example.test" value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <AssetFields shared={NEW_ASSET} touched={touched} faults={faults} isMany={false} onTouch={setTouched} />
      <KnownNames {...known} />
    </Dialog>
  );
}
