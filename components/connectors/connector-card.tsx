"use client";
import Link from "next/link";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { testConnector } from "@/lib/actions/connectors";
import { connectorRule } from "@/lib/domain/connector/kinds";
import type { CheckView } from "@/lib/domain/views/connector-draft";
import type { ConnectorView } from "@/lib/domain/views/connectors";
import { CheckList } from "./check-list";

type State = { tone: Tone; label: string; until: string | null };

function stateOf({ enabled, health }: ConnectorView): State {
  if (!enabled) return { tone: "outline", label: "Off", until: null };
  if (health.circuit === "open") return { tone: "critical", label: "Paused by failures", until: health.pausedUntil };
  if (health.pausedUntil) return { tone: "medium", label: "It asked for patience", until: health.pausedUntil };
  return health.circuit === "half_open" ? { tone: "high", label: "Tried again with one", until: null } : { tone: "good", label: "On", until: null };
}

function Health({ environment, connector: { id, health } }: { environment: number; connector: ConnectorView }) {
  const { backlog, lastOkAt, lastError, lastErrorAt } = health;
  const isAtFault = lastError !== null && lastErrorAt !== null && (lastOkAt === null || Date.parse(lastErrorAt) > Date.parse(lastOkAt));
  const counts = [{ tab: "waiting", n: backlog.pending, word: "waiting" }, { tab: "in_doubt", n: backlog.inDoubt, word: "in doubt" }, { tab: "failed", n: backlog.failed, word: "failed" }].filter(({ n }) => n > 0);
  return (
    <>
      <p className="mt-1 text-xs text-ink-2">
        {lastOkAt ? <>Last success <Moment at={lastOkAt} /></> : "Nothing was sent or tested yet"}{" · "}
        {counts.length === 0 ? "nothing waits" : counts.map(({ tab, n, word }, index) => <span key={tab}>{index > 0 ? ", " : ""}<Link href={`/e/${environment}/settings/deliveries?tab=${tab}&connector=${id}`} prefetch={false} className="text-accent underline">{n.toLocaleString("en")} {word}</Link></span>)}
        {backlog.oldest ? <>, the oldest since <Moment at={backlog.oldest} look="minute" /></> : null}
      </p>
      {isAtFault ? <p className="mt-1 break-words text-danger">{lastError} <span className="text-xs text-ink-3"><Moment at={lastErrorAt} /></span></p> : null}
    </>
  );
}

export type CardDialog = "edit" | "webhook" | "remove";
type Props = { environment: number; connector: ConnectorView; mayManage: boolean; onOpen: (dialog: CardDialog) => void };

/** A connector: where it goes, how it is, and what may be done with it. */
export function ConnectorCard({ environment, connector, mayManage, onOpen }: Props) {
  const [checks, setChecks] = useState<readonly CheckView[] | null>(null);
  const [isTesting, setTesting] = useState(false);
  const { tone, label, until } = stateOf(connector);
  const address = connector.settings.address;
  async function test() {
    setTesting(true);
    const answer = await testConnector({ environment, connector: connector.id }).catch(() => null);
    setTesting(false);
    if (!answer) return announceSilence();
    if (!answer.ok) return announceRefusal(answer.refusal);
    setChecks(answer.value.checks);
  }
  return (
    <li aria-label={connector.name} className="border-b border-line py-3">
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <h2 className="font-semibold break-words">{connector.name}</h2>
        <Badge tone={tone}>{label}</Badge>
        {until ? <span className="text-xs text-ink-2">until <Moment at={until} look="hour" /></span> : null}
        <span className="text-ink-3">{connectorRule(connector.kind).label}{typeof address === "string" ? ` · ${address}` : ""}</span>
        {mayManage ? (
          <span className="ml-auto flex flex-wrap gap-1.5">
            <Button size="xs" loading={isTesting} aria-label={`Test ${connector.name}`} onClick={() => void test()}>Test</Button>
            <Button size="xs" aria-label={`Change ${connector.name}`} onClick={() => onOpen("edit")}>Change…</Button>
            {connector.webhook ? <Button size="xs" aria-label={`Webhooks of ${connector.name}`} onClick={() => onOpen("webhook")}>Webhooks…</Button> : null}
            <Button size="xs" look="quiet" aria-label={`Remove ${connector.name}`} onClick={() => onOpen("remove")}>Remove…</Button>
          </span>
        ) : null}
      </div>
      <Health environment={environment} connector={connector} />
      {connector.webhook && !connector.hasHookSecret ? <p className="mt-1 text-xs text-ink-3">It does not tell by itself what changes there: its webhooks have no secret yet.</p> : null}
      <div aria-live="polite">{checks ? <div className="mt-2"><CheckList checks={checks} /></div> : null}</div>
    </li>
  );
}
