"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SendFooter, useSend } from "@/components/alerts/dialog-parts";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { removeConnector } from "@/lib/actions/connectors";
import type { ConnectorView } from "@/lib/domain/views/connectors";

/** Removing is final: says what goes and what stays, and asks for the name. */
export function RemoveDialog({ environment, connector, onClose }: { environment: number; connector: ConnectorView; onClose: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const isSure = typed.trim() === connector.name;
  const { pending, inDoubt } = connector.health.backlog;
  const send = useSend(isSure, async () => {
    const answer = await removeConnector({ environment, connector: connector.id }).catch(() => null);
    if (!answer) announceSilence();
    else if (!answer.ok) announceRefusal(answer.refusal);
    if (!answer?.ok) return false;
    toast({ tone: "plain", title: `Removed: ${connector.name}`, description: answer.value.cancelled > 0 ? `${answer.value.cancelled} called off.` : undefined, stays: 6_000 });
    router.refresh();
    onClose();
    return true;
  });
  return (
    <Dialog title={`Remove ${connector.name}`} onClose={onClose} onKeyDown={send.onKeyDown} footer={<SendFooter hint="This cannot be taken back" label="Remove" sending={send.sending} onCancel={onClose} onSend={send.submit} />}>
      <ul className="list-disc pl-4 text-ink-2">
        <li>Its secrets are deleted.</li>
        <li>{pending + inDoubt === 0 ? "Nothing waits for it." : `${pending + inDoubt} deliveries that wait for it are called off.`}</li>
        <li>{connector.tickets === 0 ? "No ticket went there." : `${connector.tickets} tickets keep their keys, and are followed no more.`}</li>
      </ul>
      <Field label={`Type its name: ${connector.name}`} className="mt-3" error={send.tried && !isSure ? "This is not its name." : null}>{(wires) => <Input {...wires} data-autofocus value={typed} onChange={(event) => setTyped(event.target.value)} />}</Field>
    </Dialog>
  );
}
