"use client";
import Link from "next/link";
import { useState } from "react";
import { announceRefusal, announceSilence } from "@/components/alerts/outcome-toast";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { cancelDelivery, retryDelivery } from "@/lib/actions/connectors";
import type { Refusal, Result } from "@/lib/domain/refusal";
import type { DeliveryView } from "@/lib/domain/views/tickets";
import { isLookedFor } from "@/lib/domain/ticket/words";

const KINDS = { create: "Make the ticket", update: "Send its changes", close: "Say that it is closed", reopen: "Say that it is open again", comment: "Remark" } as const satisfies Record<DeliveryView["kind"], string>;
const STATUSES = {
  pending: { tone: "neutral", label: "Waiting" }, sending: { tone: "accent", label: "Being sent" }, in_doubt: { tone: "high", label: "In doubt" },
  failed: { tone: "critical", label: "Failed" }, sent: { tone: "good", label: "Sent" }, cancelled: { tone: "outline", label: "Called off" },
} as const satisfies Record<DeliveryView["status"], { tone: Tone; label: string }>;

type Props = { environment: number; delivery: DeliveryView; maySteer: boolean; onLink: () => void; onDone: () => void };

/** Steers one delivery; what may have been made and cannot be looked for is sent again only by who insists. */
function useSteering({ environment, delivery: { id }, onDone }: Pick<Props, "environment" | "delivery" | "onDone">) {
  const [busy, setBusy] = useState<"retry" | "cancel" | null>(null);
  const [doubt, setDoubt] = useState<Refusal | null>(null);
  async function steer(what: "retry" | "cancel", asking: Promise<Result<unknown>>, mayInsist: boolean) {
    setBusy(what);
    const answer = await asking.catch(() => null);
    setBusy(null);
    setDoubt(null);
    if (!answer) announceSilence();
    else if (answer.ok) onDone();
    else if (mayInsist && answer.refusal.next?.includes("insist")) setDoubt(answer.refusal);
    else announceRefusal(answer.refusal);
  }
  return {
    busy, doubt, forget: () => setDoubt(null),
    retry: (insist: boolean) => void steer("retry", retryDelivery({ environment, delivery: id, insist }), !insist),
    cancel: () => void steer("cancel", cancelDelivery({ environment, delivery: id }), false),
  };
}

function Buttons({ delivery, steering, onLink }: { delivery: DeliveryView; steering: ReturnType<typeof useSteering>; onLink: () => void }) {
  const { status, ticket, kind } = delivery;
  const waits = status === "pending" || status === "in_doubt" || status === "failed";
  if (!waits) return null;
  return (
    <span className="flex flex-wrap justify-end gap-1.5">
      <Button size="xs" loading={steering.busy === "retry"} aria-label={`Retry T-${ticket}: ${KINDS[kind]}`} onClick={() => steering.retry(false)}>Retry</Button>
      {kind === "create" ? <Button size="xs" aria-label={`Link T-${ticket} by hand`} onClick={onLink}>Link by hand…</Button> : null}
      <Button size="xs" look="quiet" loading={steering.busy === "cancel"} aria-label={`Call off T-${ticket}: ${KINDS[kind]}`} onClick={steering.cancel}>Call off</Button>
    </span>
  );
}

/** One delivery: what is to be done where, how often it was tried, what was wrong and when it is tried next. */
export function DeliveryRow({ environment, delivery, maySteer, onLink, onDone }: Props) {
  const steering = useSteering({ environment, delivery, onDone });
  const { status, attempts, error, dueAt, askedAt, settledAt } = delivery;
  const isBlind = status === "in_doubt" && !isLookedFor(delivery.destination);
  const { tone, label } = STATUSES[status];
  return (
    <li className="border-b border-line py-2.5" aria-label={`T-${delivery.ticket}: ${KINDS[delivery.kind]}`}>
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <Badge tone={tone}>{label}</Badge>
        <Link href={`/e/${environment}/tickets/${delivery.ticket}`} prefetch={false} className="font-medium text-accent hover:underline">T-{delivery.ticket}</Link>
        <span className="max-w-96 min-w-0 truncate" title={delivery.title}>{delivery.title}</span>
        <span className="text-ink-3">{KINDS[delivery.kind]} · {delivery.connector}</span>
        <span className="ml-auto">{maySteer ? <Buttons delivery={delivery} steering={steering} onLink={onLink} /> : null}</span>
      </div>
      <p className="mt-0.5 text-xs text-ink-3">
        {attempts === 0 ? "not tried yet" : `${attempts} ${attempts === 1 ? "attempt" : "attempts"}`}
        {askedAt ? <>, asked last <Moment at={askedAt} /></> : null}
        {isBlind ? " · nothing looks for it there: a person does" : status === "pending" || status === "in_doubt" ? <> · {status === "in_doubt" ? "looked for" : "next"} <Moment at={dueAt} /></> : null}
        {settledAt ? <> · settled <Moment at={settledAt} /></> : null}
      </p>
      {error ? <p className="mt-0.5 break-words text-danger">{error}</p> : null}
      {steering.doubt ? (
        <div role="alert" className="mt-2 rounded-lg bg-sunk px-3 py-2">
          <p>{steering.doubt.message} {steering.doubt.next}</p>
          <p className="mt-1.5 flex gap-1.5"><Button size="xs" look="danger" onClick={() => steering.retry(true)}>Send it again all the same</Button><Button size="xs" onClick={steering.forget}>Leave it</Button></p>
        </div>
      ) : null}
    </li>
  );
}
