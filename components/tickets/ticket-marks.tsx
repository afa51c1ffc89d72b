"use client";
import clsx from "clsx";
import { ExternalLink } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import { useClock } from "@/components/ui/clock";
import { Moment } from "@/components/ui/moment";
import { safeAddress } from "@/components/ui/safe-address";
import { CLOSE_REASON_LABELS } from "@/lib/domain/finding/words";
import { badgeOf } from "@/lib/domain/ticket/lifecycle";
import { isLookedFor, REMEDIATION_LABELS, SYNC_LABELS, TICKET_BADGES, type Remediation, type Sync, type TicketBadge as BadgeWord } from "@/lib/domain/ticket/words";
import type { TicketRow } from "@/lib/domain/views/tickets";
import { nextDate } from "./next-date";

const TONES = { open: "accent", reopened: "high", closed: "neutral" } as const satisfies Record<BadgeWord, Tone>;

/** Open, Reopened or Closed, and how often it was opened again. */
export function TicketBadge({ ticket }: { ticket: Pick<TicketRow, "state" | "reopenCount" | "closeReason"> }) {
  const word = badgeOf(ticket);
  const again = ticket.reopenCount > 0 ? `, reopened ${ticket.reopenCount === 1 ? "once" : `${ticket.reopenCount} times`}` : "";
  const why = ticket.closeReason ? `: ${CLOSE_REASON_LABELS[ticket.closeReason].toLowerCase()}` : "";
  return (
    <Badge tone={TONES[word]} title={`${TICKET_BADGES[word]}${why}${again}`}>
      {TICKET_BADGES[word]}{ticket.reopenCount > 0 ? <span className="pl-1 tabular-nums @max-md:sr-only"><span aria-hidden>{ticket.reopenCount}×</span><span className="sr-only">{again}</span></span> : null}
    </Badge>
  );
}

const STEPS = ["open", "in_progress", "resolved", "verified"] as const;

/** How far the fix is: open, in progress, resolved, verified; one that did not hold begins again and says so. */
export function RemediationSteps({ remediation, attempts = 0, worded = true }: { remediation: Remediation; attempts?: number; worded?: boolean }) {
  const isAgain = remediation === "reopened";
  const at = isAgain ? 0 : STEPS.indexOf(remediation);
  const label = `Remediation: ${REMEDIATION_LABELS[remediation].toLowerCase()}${attempts > 0 ? `, ${attempts === 1 ? "one failed attempt" : `${attempts} failed attempts`}` : ""}`;
  const tone = isAgain ? "bg-high" : remediation === "verified" ? "bg-good" : "bg-accent";
  return (
    <span role="img" aria-label={label} title={label} className="inline-flex max-w-full items-center gap-1.5 text-xs whitespace-nowrap text-ink-2">
      <span aria-hidden className="inline-flex shrink-0 gap-px">{STEPS.map((step, index) => <span key={step} className={clsx("h-1.5 w-3 first:rounded-l-full last:rounded-r-full", index <= at ? tone : "bg-line-strong")} />)}</span>
      {worded ? <span aria-hidden className="truncate">{REMEDIATION_LABELS[remediation]}{attempts > 0 ? ` (${attempts})` : ""}</span> : null}
    </span>
  );
}

const WHY = {
  none: "It stays in Docket: nothing is sent.",
  pending: "It waits for its turn, or for the tracker to answer.",
  in_doubt: "No answer came: it is looked for over there before anything is sent again.",
  failed: "The tracker refused it: its page says why, and tries again.",
  sent: "It stands over there.",
  gone: "It was deleted over there, or moved out of reach.",
} as const satisfies Record<Sync, string>;

/** Where nothing can be looked for over there. */
const NOBODY_LOOKS = "No answer came: it may have been made there. Look, then link it by hand or send it again.";

const INKS = { none: "text-ink-3", pending: "text-ink-3", in_doubt: "text-high", failed: "text-danger", sent: "text-ink-3", gone: "text-danger" } as const satisfies Record<Sync, string>;

/** Its key over there, as a link where its address is one, and how far the sending is; why is on hover and read out. */
export function ExternalKey({ ticket, inGrid = false }: { ticket: Pick<TicketRow, "external" | "sync" | "destination"> & { connector?: string | null }; inGrid?: boolean }) {
  const { external, sync, destination, connector = null } = ticket;
  const address = external?.url ? safeAddress(external.url) : null;
  const words = external !== null && sync === "sent" ? (external.status ?? "") : SYNC_LABELS[sync];
  const title = [connector, sync === "in_doubt" && !isLookedFor(destination) ? NOBODY_LOOKS : WHY[sync]].filter(Boolean).join(": ");
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 text-xs whitespace-nowrap">
      {external === null ? null : address === null ? <span className="text-ink-2">{external.key}</span> : (
        <a href={address} target="_blank" rel="noopener noreferrer nofollow" tabIndex={inGrid ? -1 : undefined} className="inline-flex min-h-6 min-w-0 items-center gap-1 text-accent hover:underline">
          <span className="truncate">{external.key}</span><ExternalLink size={10} aria-hidden className="shrink-0" /><span className="sr-only">, opens in a new tab</span>
        </a>
      )}
      {words ? <span title={title} className={clsx("min-w-0 truncate", INKS[sync])}>{words}<span className="sr-only">. {title}</span></span> : null}
    </span>
  );
}

/** The day that matters next; red once it is over. */
export function NextDate({ ticket }: { ticket: Pick<TicketRow, "state" | "dueOn" | "followUpOn" | "retestAt"> }) {
  const { now } = useClock();
  const shown = nextDate(ticket, now);
  if (shown === null) return <span className="text-ink-3">—</span>;
  return <span className={clsx("text-xs whitespace-nowrap", shown.isOver ? "text-critical" : "text-ink-2")}>{shown.word} <Moment at={shown.at} />{shown.isOver ? <span className="sr-only">, overdue</span> : null}</span>;
}
