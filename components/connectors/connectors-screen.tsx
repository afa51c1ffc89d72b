"use client";
import { Plug } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { EmptyState } from "@/components/ui/states";
import type { ConnectorsPage } from "@/lib/domain/views/connectors";
import { ConnectorCard, type CardDialog } from "./connector-card";
import { ConnectorDialog } from "./connector-dialog";
import { RemoveDialog } from "./remove-dialog";
import { WebhookDialog } from "./webhook-dialog";

type Open = { what: "add" } | { what: CardDialog; id: number };

/** Where tickets go from here: trackers and mailboxes, how each is, and the form that sets it up. */
export function ConnectorsScreen({ page }: { page: ConnectorsPage }) {
  const environment = page.environment.number;
  const { mayManage, kinds, connectors } = page;
  const [open, setOpen] = useState<Open | null>(null);
  const router = useRouter();
  useLive("tickets", () => router.refresh());
  const close = () => setOpen(null);
  const add = mayManage ? <Button look="primary" onClick={() => setOpen({ what: "add" })}>Add a connector</Button> : null;
  const chosen = open && open.what !== "add" ? connectors.find(({ id }) => id === open.id) : undefined;
  return (
    <ClockProvider now={page.now}>
      <SettingsFrame environment={environment} role={page.me.role} here="connectors" title="Connectors" actions={connectors.length > 0 ? add : null}>
        {mayManage ? null : <p className="mb-3 rounded-lg bg-sunk px-3 py-2.5 text-ink-2">Your role reads connectors, without their secrets. Admins set them up.</p>}
        {connectors.length > 0 ? <ul aria-label="Connectors">{connectors.map((connector) => <ConnectorCard key={connector.id} environment={environment} connector={connector} mayManage={mayManage} onOpen={(what) => setOpen({ what, id: connector.id })} />)}</ul>
          : <EmptyState icon={<Plug size={18} />} title="No connector yet" actions={add}><p>Tickets stay in Docket until one leads them to Jira, ServiceNow, GitHub, an interface of your own, or a mailbox.</p></EmptyState>}
        {open?.what === "add" ? <ConnectorDialog environment={environment} kinds={kinds} connector={null} onClose={close} /> : null}
        {chosen && open?.what === "edit" ? <ConnectorDialog environment={environment} kinds={kinds} connector={chosen} onClose={close} /> : null}
        {chosen && open?.what === "webhook" ? <WebhookDialog environment={environment} connector={chosen} onClose={close} /> : null}
        {chosen && open?.what === "remove" ? <RemoveDialog environment={environment} connector={chosen} onClose={close} /> : null}
      </SettingsFrame>
    </ClockProvider>
  );
}
