"use client";
import clsx from "clsx";
import { Send } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { useLive } from "@/components/shell/live";
import { Button, buttonClass } from "@/components/ui/button";
import { ClockProvider } from "@/components/ui/clock";
import { Select } from "@/components/ui/field";
import { EmptyState } from "@/components/ui/states";
import { toast } from "@/components/ui/toast";
import { retryDelivery } from "@/lib/actions/connectors";
import { DELIVERY_TABS, type DeliveriesPage, type DeliveryTab } from "@/lib/domain/views/connectors";
import { DeliveryRow } from "./delivery-row";
import { LinkDialog } from "./link-dialog";

const LABELS = { waiting: "Waiting", in_doubt: "In doubt", failed: "Failed", sent: "Sent", all: "All" } as const satisfies Record<DeliveryTab, string>;
const EMPTY = {
  waiting: "Nothing waits: whatever was to be sent has been sent.", in_doubt: "Nothing is in doubt.", failed: "Nothing has failed.", sent: "Nothing was sent yet.", all: "No ticket has gone to a tracker yet.",
} as const satisfies Record<DeliveryTab, string>;

function addressOf(environment: number, { tab, connector, cursor = null }: { tab: DeliveryTab; connector: number | null; cursor?: string | null }): string {
  const asked = new URLSearchParams({ tab, ...(connector === null ? {} : { connector: String(connector) }), ...(cursor === null ? {} : { cursor }) });
  return `/e/${environment}/settings/deliveries?${asked.toString()}`;
}

function Tabs({ page: { environment, filter, counts } }: { page: DeliveriesPage }) {
  return (
    <nav aria-label="Deliveries by state" className="flex flex-wrap gap-1">
      {DELIVERY_TABS.map((tab) => (
        <Link key={tab} href={addressOf(environment.number, { tab, connector: filter.connector })} prefetch={false} aria-current={tab === filter.tab ? "page" : undefined} className={clsx("rounded-md px-2.5 py-1", tab === filter.tab ? "bg-selected font-medium" : "text-ink-2 hover:bg-hover")}>
          {LABELS[tab]} <span className="text-ink-3 tabular-nums">{counts[tab].toLocaleString("en")}</span>
        </Link>
      ))}
    </nav>
  );
}

/** What is on its way to trackers: what waits, is in doubt or failed, each with what was wrong and what may be done. */
export function DeliveriesScreen({ page }: { page: DeliveriesPage }) {
  const environment = page.environment.number;
  const { filter, maySteer, counts } = page;
  const router = useRouter();
  const [linking, setLinking] = useState<number | null>(null);
  useLive("tickets", () => router.refresh());
  const chosen = page.rows.find(({ id }) => id === linking);
  async function retryAll(connector: number) {
    const answer = await retryDelivery({ environment, connector }).catch(() => null);
    if (!answer) return announceSilence();
    if (!answer.ok) return announceRefusal(answer.refusal);
    toast({ tone: "plain", title: `In line again: ${answer.value.deliveries}`, stays: 5_000 });
    router.refresh();
  }
  return (
    <ClockProvider now={page.now}>
      <SettingsFrame environment={environment} role={page.me.role} here="deliveries" title="Deliveries">
        <div className="mb-2 flex flex-wrap items-center gap-3">
          <Tabs page={page} />
          <Select aria-label="Connector" className="ml-auto w-auto!" value={filter.connector ?? ""} onChange={(event) => router.push(addressOf(environment, { tab: filter.tab, connector: event.target.value === "" ? null : Number(event.target.value) }))}>
            <option value="">All connectors</option>
            {page.connectors.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </Select>
          {maySteer && filter.connector !== null && counts.failed > 0 ? <Button onClick={() => void retryAll(filter.connector ?? 0)}>Retry all that failed</Button> : null}
        </div>
        {page.rows.length > 0 ? <ul aria-label="Deliveries">{page.rows.map((delivery) => <DeliveryRow key={delivery.id} environment={environment} delivery={delivery} maySteer={maySteer} onLink={() => setLinking(delivery.id)} onDone={() => router.refresh()} />)}</ul>
          : <EmptyState icon={<Send size={18} />} title={EMPTY[filter.tab]} />}
        {page.nextCursor ? <p className="mt-3"><Link href={addressOf(environment, { ...filter, cursor: page.nextCursor })} prefetch={false} className={buttonClass()}>Older ones</Link></p> : null}
        {chosen ? <LinkDialog environment={environment} delivery={chosen} onClose={() => setLinking(null)} /> : null}
      </SettingsFrame>
    </ClockProvider>
  );
}
