"use client";
import Link from "next/link";
import { useOptimistic, useTransition } from "react";
import { Fact, Facts, Section } from "@/components/finding/section";
import { SeverityWord } from "@/components/finding/marks";
import { useKeyHints } from "@/components/shell/keyboard";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { awaitsVendor } from "@/lib/domain/ticket/lifecycle";
import { EVIDENCE_LABELS } from "@/lib/domain/finding/words";
import { DESTINATION_LABELS, isLookedFor, PRIORITY_LABELS } from "@/lib/domain/ticket/words";
import type { DeliveryView } from "@/lib/domain/views/tickets";
import { Drift } from "./ticket-drift";
import { ExternalKey, RemediationSteps } from "./ticket-marks";
import type { TicketDoing } from "./use-ticket";

function Other({ environment, number, word }: { environment: number; number: number; word: string }) {
  return <Fact name={word}><Link href={`/e/${environment}/tickets/${number}`} className="text-accent underline">T-{number}</Link></Fact>;
}

/** Of a ticket that waits for a vendor: when they are asked again, and the way to another day, or to none. */
function FollowUp({ doing: { ticket, mayWrite, open } }: { doing: TicketDoing }) {
  const hintOf = useKeyHints();
  const waits = awaitsVendor(ticket);
  if (!waits && ticket.followUpOn === null) return null;
  return (
    <Fact name="Follow up">
      <span className="flex flex-wrap items-center gap-x-2">
        {ticket.followUpOn ? <Moment at={ticket.followUpOn} look="day" /> : "no day"}
        {waits && mayWrite ? <Button size="xs" look="quiet" className="-my-1" aria-keyshortcuts={hintOf("ticket.followUp")?.aria} onClick={() => open("follow")}>{ticket.followUpOn ? "Change the day…" : "Choose a day…"}</Button> : null}
      </span>
    </Fact>
  );
}

function Dates({ doing }: { doing: TicketDoing }) {
  const { ticket } = doing;
  return (
    <>
      <Fact name="Due">{ticket.dueOn ? <><Moment at={ticket.dueOn} look="day" /> (<Moment at={ticket.dueOn} />)</> : "no date"}</Fact>
      {ticket.retestAt ? <Fact name="Retest">from <Moment at={ticket.retestAt} look="day" /> on</Fact> : null}
      <FollowUp doing={doing} />
      <Fact name="Made">by {ticket.createdBy}, <Moment at={ticket.createdAt} look="day" /></Fact>
      {ticket.closedAt ? <Fact name="Closed"><Moment at={ticket.closedAt} look="day" /></Fact> : null}
    </>
  );
}

/** What the ticket says of itself. */
export function TicketFacts({ doing }: { doing: TicketDoing }) {
  const { ticket, environment } = doing;
  return (
    <Section title="Ticket">
      <Facts>
        <Fact name="Severity"><SeverityWord severity={ticket.severity} /> <span className="text-xs text-ink-3">the worst of its findings</span></Fact>
        <Fact name="Priority">{PRIORITY_LABELS[ticket.priority]}</Fact>
        <Fact name="Remediation"><RemediationSteps remediation={ticket.remediation} attempts={ticket.attempts} /></Fact>
        <Fact name="Assignee">{ticket.assignee ?? "nobody"}</Fact>
        <Fact name="Team">{ticket.team ?? "none"}</Fact>
        {ticket.cc.length > 0 ? <Fact name="Copies to">{ticket.cc.join(", ")}</Fact> : null}
        {ticket.labels.length > 0 ? <Fact name="Labels">{ticket.labels.join(", ")}</Fact> : null}
        <Dates doing={doing} />
        <Fact name="Goes to">{ticket.connector ?? DESTINATION_LABELS[ticket.destination]}</Fact>
        {ticket.destination === "internal" ? null : <Fact name="Over there"><ExternalKey ticket={ticket} /></Fact>}
        {ticket.mergedInto === null ? null : <Other environment={environment} number={ticket.mergedInto} word="Merged into" />}
        {ticket.splitFrom === null ? null : <Other environment={environment} number={ticket.splitFrom} word="Split from" />}
      </Facts>
      {ticket.gaps.length > 0 ? <div className="mt-2 text-xs text-ink-3"><h4 className="font-medium">Missing when it was made</h4><ul className="list-disc pl-4">{ticket.gaps.map((gap) => <li key={gap} className="break-words">{gap}</li>)}</ul></div> : null}
    </Section>
  );
}

/** What the verification checks: each ticked by a person, with their name and the day. A tick is painted at once; refused, it goes back. */
export function Checklist({ doing: { ticket, tick, mayWrite, me, now } }: { doing: TicketDoing }) {
  const [, start] = useTransition();
  const [checks, guess] = useOptimistic(ticket.checks, (before, { position, ticked }: { position: number; ticked: boolean }) => before.map((each) => (each.position === position ? { ...each, tickedBy: ticked ? me.name : null, tickedAt: ticked ? now : null } : each)));
  const change = (position: number, ticked: boolean) => start(async () => {
    guess({ position, ticked });
    await tick(position, ticked);
  });
  if (checks.length === 0) return null;
  return (
    <Section title="Verification checklist" aside={`${checks.filter(({ tickedAt }) => tickedAt !== null).length} of ${checks.length}`}>
      <ul>
        {checks.map(({ position, label, tickedAt, tickedBy }) => (
          <li key={position}>
            <label className="-mx-1.5 flex min-h-7 items-start gap-2 rounded-md px-1.5 py-1 has-enabled:cursor-pointer has-enabled:hover:bg-hover">
              <input type="checkbox" checked={tickedAt !== null} disabled={!mayWrite} onChange={(event) => change(position, event.target.checked)} className="mt-[3px] accent-(--accent)" />
              <span className="min-w-0 flex-1 break-words">{label}{tickedAt ? <span className="block text-2xs text-ink-3">{tickedBy}, <Moment at={tickedAt} look="minute" /></span> : null}</span>
            </label>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What proves the fixes, of all its findings. */
export function TicketEvidence({ doing: { ticket, environment } }: { doing: TicketDoing }) {
  const { evidence } = ticket;
  return (
    <Section title="Evidence of the fix" aside={evidence.length > 0 ? `${evidence.length}` : null}>
      {evidence.length === 0 ? <p className="text-ink-3">None yet.</p> : (
        <ul className="space-y-1.5">
          {evidence.map((each) => (
            <li key={each.id}>
              <b className="font-medium">{EVIDENCE_LABELS[each.kind]}</b> <span className="break-words text-ink-2">{each.reference}</span>
              <span className="block text-2xs text-ink-3"><Link href={`/e/${environment}/findings/${each.finding}`} prefetch={false} className="underline">F-{each.finding}</Link> · {each.addedBy}, <Moment at={each.at} look="minute" />{each.approver ? ` · approved by ${each.approver}` : ""}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Where the tracker says something else: what stands here, what was sent, what stands there. */
export function Drifts({ doing }: { doing: TicketDoing }) {
  const { drifts } = doing.ticket;
  if (drifts.length === 0) return null;
  return <Section title="Differs over there" id="drift" aside={`${drifts.length}`}><ul>{drifts.map((drift) => <Drift key={drift.field} drift={drift} doing={doing} />)}</ul></Section>;
}

const STATUS = { pending: "waits", sending: "on its way", in_doubt: "in doubt", failed: "failed", sent: "sent", cancelled: "called off" } as const satisfies Record<DeliveryView["status"], string>;
const KINDS = { create: "Ticket", update: "Change", close: "Closing", reopen: "Reopening", comment: "Comment" } as const satisfies Record<DeliveryView["kind"], string>;

function Delivery({ delivery, doing: { actions, environment, ticket, run, open, maySteer, isBusy } }: { delivery: DeliveryView; doing: TicketDoing }) {
  const { retryDelivery, cancelDelivery, linkByHand } = actions;
  const { id, status, kind, attempts, dueAt, settledAt, error, connector } = delivery;
  const isBlind = status === "in_doubt" && !isLookedFor(ticket.destination);
  const mayLink = maySteer && kind === "create" && (status === "failed" || status === "in_doubt");
  return (
    <li className="py-1">
      <span className="flex items-baseline justify-between gap-3"><span><b className="font-medium">{KINDS[kind]}</b> <span className={status === "failed" || status === "in_doubt" ? "text-danger" : "text-ink-2"}>{STATUS[status]}</span> <span className="text-xs text-ink-3">{connector}</span></span><Moment at={settledAt ?? dueAt} className="text-2xs text-ink-3" /></span>
      {error ? <span className="block text-xs break-words text-ink-2">{error}{attempts > 1 ? ` (${attempts} attempts)` : ""}</span> : null}
      {isBlind ? <span className="block text-xs text-ink-2">It may have been made there, and nothing looks for it: look there before it is sent again.</span> : null}
      {maySteer && retryDelivery && isBlind ? <Button size="xs" look="danger" aria-disabled={isBusy} className="mt-1 mr-1.5" onClick={() => void run(() => retryDelivery({ environment, delivery: id, insist: true }))}>Send again all the same</Button> : null}
      {linkByHand && mayLink ? <Button size="xs" className="mt-1 mr-1.5" onClick={() => open("key")}>Link by hand…</Button> : null}
      {maySteer && retryDelivery && status === "failed" ? <Button size="xs" aria-disabled={isBusy} className="mt-1 mr-1.5" onClick={() => void run(() => retryDelivery({ environment, delivery: id }))}>Send again</Button> : null}
      {maySteer && cancelDelivery && (status === "failed" || status === "pending" || status === "in_doubt") ? <Button size="xs" look="quiet" aria-disabled={isBusy} className="mt-1" onClick={() => void run(() => cancelDelivery({ environment, delivery: id }))}>Call off</Button> : null}
    </li>
  );
}

/** What was sent to the tracker, newest first, and what it said. */
export function Deliveries({ doing }: { doing: TicketDoing }) {
  const { deliveries } = doing.ticket;
  if (deliveries.length === 0) return null;
  return <Section title="Sent to the tracker" aside={`${deliveries.length}`}><ul>{deliveries.map((delivery) => <Delivery key={delivery.id} delivery={delivery} doing={doing} />)}</ul></Section>;
}
