"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { linkByHand } from "@/lib/actions/connectors";
import type { DeliveryView } from "@/lib/domain/views/tickets";

/** Somebody has found the ticket over there: its key is said, and nothing more is made. */
export function LinkDialog({ environment, delivery, onClose }: { environment: number; delivery: DeliveryView; onClose: () => void }) {
  const router = useRouter();
  const [key, setKey] = useState("");
  const [url, setUrl] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const isValid = key.trim() !== "";
  const send = useSend(isValid, async () => {
    const address = url.trim();
    const answer = await linkByHand({ environment, ticket: delivery.ticket, key: key.trim(), ...(address === "" ? {} : { url: address }) }).catch(() => null);
    const said = answer && !answer.ok ? (answer.refusal.errors?.map(({ message }) => message).join(" ") ?? null) : null;
    setFault(said);
    if (!answer) announceSilence();
    else if (!answer.ok && said === null) announceRefusal(answer.refusal);
    if (!answer?.ok) return false;
    toast({ tone: "plain", title: `T-${delivery.ticket} is ${key.trim()}`, stays: 5_000 });
    router.refresh();
    onClose();
    return true;
  });
  return (
    <Dialog title={`Link T-${delivery.ticket} by hand`} aside={delivery.connector} onClose={onClose} onKeyDown={send.onKeyDown} footer={<SendFooter hint="What waits to make it is called off" label="Link" sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <p className="text-ink-2">Look for it over there: the ticket carries T-{delivery.ticket} in its text.</p>
      <Field label="Its key there" required className="mt-3" error={send.tried && !isValid ? "The key over there is missing." : fault}>{(wires) => <Input {...wires} data-autofocus maxLength={200} placeholder="SEC-101" value={key} onChange={(event) => setKey(event.target.value)} />}</Field>
      <Field label="Its address" hint="optional" className="mt-3">{(wires) => <Input {...wires} type="url" maxLength={2_000} value={url} onChange={(event) => setUrl(event.target.value)} />}</Field>
    </Dialog>
  );
}
