"use client";
import Link from "next/link";
import { KeyCaps, useKeyHints } from "@/components/shell/keyboard";
import { ExternalKey, RemediationSteps, TicketBadge } from "@/components/tickets/ticket-marks";
import { Moment } from "@/components/ui/moment";
import type { FindingTicketView } from "@/lib/domain/views/tickets";
import { Section } from "./section";

function One({ ticket, environment }: { ticket: FindingTicketView; environment: number }) {
  return (
    <li className="py-1">
      <span className="flex min-w-0 items-center gap-2">
        <TicketBadge ticket={ticket} />
        <Link href={`/e/${environment}/tickets/${ticket.number}`} prefetch={false} className="min-w-0 flex-1 truncate font-medium hover:underline" title={ticket.title}><span className="text-xs font-normal text-ink-3">T-{ticket.number}</span> {ticket.title}</Link>
        {ticket.isLinked ? <RemediationSteps remediation={ticket.remediation} attempts={ticket.attempts} /> : <span className="text-xs text-ink-3">parted from it</span>}
      </span>
      <span className="mt-0.5 flex flex-wrap items-center gap-x-3 text-2xs text-ink-3">
        <span>{ticket.assignee ?? "Nobody has it"}</span>
        <span>{ticket.closedAt ? <>closed <Moment at={ticket.closedAt} /></> : <>made <Moment at={ticket.createdAt} /></>}</span>
        <ExternalKey ticket={ticket} />
      </span>
    </li>
  );
}

/** The tickets that carry the work on a finding; they never decide about it. */
export function TicketsSection({ tickets, environment, onCreate }: { tickets: readonly FindingTicketView[]; environment: number; onCreate: (() => void) | null }) {
  const hint = useKeyHints()("finding.ticket");
  return (
    <Section title="Tickets" id="tickets" aside={onCreate ? <button type="button" onClick={onCreate} aria-keyshortcuts={hint?.aria} className="min-h-6 text-accent hover:underline">Create ticket… <KeyCaps of="finding.ticket" /></button> : null}>
      {tickets.length === 0 ? <p className="text-ink-3">None: nobody was asked to work on it.</p> : <ul>{tickets.map((ticket) => <One key={ticket.number} ticket={ticket} environment={environment} />)}</ul>}
    </Section>
  );
}
