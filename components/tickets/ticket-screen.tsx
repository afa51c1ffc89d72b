"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { SeverityMark } from "@/components/finding/marks";
import { PlainText } from "@/components/finding/plain-text";
import { Section } from "@/components/finding/section";
import { Timeline } from "@/components/finding/timeline";
import { holdKeys, useCommandKeys } from "@/components/shell/command-registry";
import { Page } from "@/components/shell/page-head";
import { ClockProvider } from "@/components/ui/clock";
import { late } from "@/components/ui/late";
import { CLOSE_REASON_LABELS } from "@/lib/domain/finding/words";
import type { TicketPageActions } from "@/lib/domain/views/ticket-actions";
import type { TicketPage } from "@/lib/domain/views/tickets";
import { TicketFindings } from "./ticket-findings";
import { ExternalKey, RemediationSteps, TicketBadge } from "./ticket-marks";
import { Checklist, Deliveries, Drifts, TicketEvidence, TicketFacts } from "./ticket-side";
import { keysOfTicket, TicketSteps } from "./ticket-steps";
import { Tasks } from "./ticket-tasks";
import { useTicket, type TicketDoing } from "./use-ticket";

const TicketDialogs = late(() => import("./ticket-dialogs").then((file) => file.TicketDialogs), { onGivenUp: ({ doing }) => doing.shut(), hold: holdKeys });

function Head({ doing }: { doing: TicketDoing }) {
  const { ticket, environment } = doing;
  const why = ticket.state === "closed" && ticket.closeReason ? { word: CLOSE_REASON_LABELS[ticket.closeReason], text: ticket.notes } : ticket.reopenReason ? { word: "Reopened", text: ticket.reopenReason } : null;
  return (
    <header className="border-b border-line px-[18px] py-2.5">
      <div className="flex items-center gap-2 text-xs text-ink-3">
        <Link href={`/e/${environment}/tickets`} className="inline-flex items-center gap-1 hover:text-ink"><ArrowLeft size={12} aria-hidden /> Tickets</Link><span aria-hidden>/</span><span>T-{ticket.number}</span>
        <span className="ml-auto min-w-0"><ExternalKey ticket={ticket} /></span>
      </div>
      <div className="mt-1.5 flex flex-wrap items-start justify-between gap-3">
        <h1 className="max-w-3xl text-xl font-semibold tracking-tight break-words">{ticket.title}</h1>
        <TicketSteps doing={doing} />
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1"><TicketBadge ticket={ticket} /><SeverityMark severity={ticket.severity} /><RemediationSteps remediation={ticket.remediation} attempts={ticket.attempts} /><span className="text-xs text-ink-3">{ticket.assignee ?? ticket.team ?? "Nobody has it"}</span></div>
      {why ? <p className="mt-1.5 max-w-3xl break-words whitespace-pre-line text-ink-2"><b className="font-medium text-ink">{why.word}{why.text ? ": " : ""}</b>{why.text}</p> : null}
    </header>
  );
}

function Screen({ page, actions }: { page: TicketPage; actions: TicketPageActions }) {
  const router = useRouter();
  const doing = useTicket(page, actions);
  const { ticket, environment } = doing;
  useCommandKeys({ back: () => router.push(`/e/${environment}/tickets`), ...keysOfTicket(doing) });
  return (
    <Page>
      <Head doing={doing} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_380px] grid-rows-[auto_1fr] overflow-y-auto max-xl:block">
        <div className="min-w-0 border-r border-b border-line max-xl:border-r-0">
          <Tasks doing={doing} />
          <TicketFindings doing={doing} />
          {ticket.description ? <Section title="Description"><p className="max-w-3xl break-words whitespace-pre-line text-ink-2"><PlainText text={ticket.description} /></p></Section> : null}
        </div>
        <div className="row-span-2 min-w-0 max-xl:border-b max-xl:border-line"><TicketFacts doing={doing} /><Checklist doing={doing} /><TicketEvidence doing={doing} /><Drifts doing={doing} /><Deliveries doing={doing} /></div>
        <div className="min-w-0 border-r border-line max-xl:border-r-0">
          <Timeline environment={environment} number={ticket.number} first={ticket.timeline} load={({ environment: where, number, cursor }) => actions.loadTicketTimeline({ environment: where, number, cursor })} onRevert={null} of={`/e/${environment}/tickets/${ticket.number}`} />
        </div>
      </div>
      {doing.opened ? <TicketDialogs doing={doing} /> : null}
    </Page>
  );
}

/** A ticket on its own page: what still waits, its findings with how far each fix is, what was sent, and everything that happened to it. */
export function TicketScreen({ page, actions }: { page: TicketPage; actions: TicketPageActions }) {
  return <ClockProvider now={page.now}><Screen page={page} actions={actions} /></ClockProvider>;
}
