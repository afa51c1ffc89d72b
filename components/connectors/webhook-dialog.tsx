"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { CopyButton } from "@/components/finding/copy-button";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { rotateHookSecret } from "@/lib/actions/connectors";
import type { ConnectorView } from "@/lib/domain/views/connectors";
import { SIGNS_OUR_WAY } from "./signing-example";
import { SigningGuide } from "./signing-guide";

function Copied({ label, text }: { label: string; text: string }) {
  return (
    <div className="mt-3">
      <p className="font-medium">{label}</p>
      <p className="mt-1 flex items-center gap-2 rounded-lg bg-sunk px-3 py-2"><code className="min-w-0 flex-1 font-mono text-xs break-all">{text}</code><span className="shrink-0 text-xs text-ink-2"><CopyButton text={text} /></span></p>
    </div>
  );
}

/** Where the tracker sends what changes there, and the secret that it signs with: shown once, and the one before holds for a day. */
export function WebhookDialog({ environment, connector, onClose }: { environment: number; connector: ConnectorView; onClose: () => void }) {
  const router = useRouter();
  const [secret, setSecret] = useState<{ text: string; isFirst: boolean } | null>(null);
  const [isMaking, setMaking] = useState(false);
  async function rotate() {
    setMaking(true);
    const answer = await rotateHookSecret({ environment, connector: connector.id }).catch(() => null);
    setMaking(false);
    if (!answer) return announceSilence();
    if (!answer.ok) return announceRefusal(answer.refusal);
    setSecret({ text: answer.value.secret, isFirst: !connector.hasHookSecret });
    router.refresh();
  }
  return (
    <Dialog title={`Webhooks of ${connector.name}`} onClose={onClose} footer={<Button size="md" onClick={onClose}>Done</Button>}>
      <p className="text-ink-2">Enter both where the tracker keeps its webhooks, for changes of issues. What is not signed with the secret is refused.</p>
      <Copied label="Address" text={connector.webhook ?? ""} />
      <div aria-live="polite">
        {secret !== null ? <><Copied label="Secret" text={secret.text} /><p className="mt-1 text-xs text-ink-2">It is shown this once. {secret.isFirst ? "" : "The one before holds for a day, until the tracker has this one."}</p></>
          : <p className="mt-3 text-ink-2">{connector.hasHookSecret ? "A secret is set. A new one is shown once; the one before holds for a day." : "There is no secret yet: nothing is taken until there is one."}</p>}
      </div>
      {SIGNS_OUR_WAY.includes(connector.kind) ? <SigningGuide environment={environment} kind={connector.kind} address={connector.webhook ?? ""} /> : null}
      {secret === null ? <Button className="mt-3" look={connector.hasHookSecret ? "plain" : "primary"} loading={isMaking} onClick={() => void rotate()}>{connector.hasHookSecret ? "Make a new secret" : "Make a secret"}</Button> : null}
    </Dialog>
  );
}
