import type { CloseReason, Governance } from "@/lib/domain/finding/words";
import { CLOSE_REASON_LABELS } from "@/lib/domain/finding/words";
import type { TicketTask } from "@/lib/domain/views/tickets";
import { ticketReasonRule } from "./lifecycle";
import { DESTINATION_LABELS, isLookedFor, type Destination, type Sync, type TicketState } from "./words";

/** What the tasks of a ticket follow from. */
export type TicketFacts = {
  state: TicketState; closeReason: CloseReason | null; followUpOn: Date | null; closedAt: Date | null; externalDone: boolean; proposal: string | null; drift: readonly string[]; sync: Sync; destination: Destination;
  /** Where its issue was taken, where it was moved out of reach; the issue that stands for it over there, where it was merged or is a duplicate. */
  wentTo: string | null; merged: string | null;
  /** It was to be made over there, and that was called off. */
  isCalledOff: boolean;
  findings: readonly { number: number; governance: Governance; acknowledgedAt: Date | null }[];
};

type Rule = { kind: TicketTask["kind"]; of: (ticket: TicketFacts, now: Date) => { text: string; findings?: readonly number[] } | null };

const numbers = (findings: TicketFacts["findings"]): number[] => findings.map(({ number }) => number);
const said = (holds: boolean, text: string) => (holds ? { text } : null);

/** Closed as accepted, and the findings carry no acceptance yet. */
function acceptance({ state, closeReason, findings }: TicketFacts) {
  const left = findings.filter(({ governance }) => governance !== "accepted_risk");
  if (state !== "closed" || closeReason === null || ticketReasonRule(closeReason).then !== "complete_acceptance" || left.length === 0) return null;
  return { text: "Complete the acceptance at the findings: expiry, owner and justification.", findings: numbers(left) };
}

/** Closed, and somebody has still to say at the finding what was decided: two acts on purpose. */
function disposition({ state, closeReason, findings }: TicketFacts) {
  if (state !== "closed" || closeReason === null || ticketReasonRule(closeReason).then !== null) return null;
  const left = findings.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  return left.length === 0 ? null : { text: `Record the disposition at the findings: ${CLOSE_REASON_LABELS[closeReason].toLowerCase()}.`, findings: numbers(left) };
}

function followUp({ state, closeReason, followUpOn }: TicketFacts, now: Date) {
  if (state !== "closed" || closeReason === null || !ticketReasonRule(closeReason).followUp) return null;
  if (followUpOn === null) return { text: "The vendor was told, and nobody has said when to ask again." };
  return followUpOn <= now ? { text: `The vendor's answer was expected by ${followUpOn.toISOString().slice(0, 10)}.` } : null;
}

const differences = (drift: readonly string[]) => (drift.length === 0 ? null : { text: `Over there it says something else: ${drift.join(", ")}.` });

/** What still waits for somebody, heaviest first. What became of a closed ticket over there waits for nobody. */
const RULES: readonly Rule[] = [
  { kind: "reopen_proposed", of: ({ proposal }) => (proposal === null ? null : { text: `Reopen it? ${proposal}` }) },
  { kind: "gone", of: ({ state, sync, wentTo }) => said(state === "open" && sync === "gone", wentTo === null ? "It is gone over there: have it made anew, link it to another, or close it here." : `It was moved over there, to ${wentTo}, where this connector does not reach: have it made anew, link it to another, or close it here.`) },
  { kind: "send_failed", of: ({ state, sync, isCalledOff }) => said(state === "open" && sync === "failed", isCalledOff ? "It was not made over there: that was called off. Have it made anew, link it to another, or close it here." : "It was not sent: mend what the tracker says, then try again.") },
  { kind: "in_doubt", of: ({ state, sync, destination }) => said(state === "open" && sync === "in_doubt", isLookedFor(destination) ? "Whether it was made over there is being looked up." : "It may have been made there, and nothing looks for it: look yourself, then link it by hand, send it again or call it off.") },
  { kind: "merged", of: ({ state, drift, merged, destination }) => said(state === "open" && drift.includes("merged") && merged !== null, `${DESTINATION_LABELS[destination]} has ${merged} for it, since it was merged or is a duplicate. It is not followed: link it to that by hand, close it here and make a new one, or let it be.`) },
  { kind: "close_here", of: ({ state, externalDone }) => said(state === "open" && externalDone, "The tracker calls it done: close it here with a reason.") },
  { kind: "complete_acceptance", of: acceptance },
  { kind: "record_disposition", of: disposition },
  { kind: "follow_up", of: followUp },
  { kind: "drift", of: ({ state, drift }) => differences(state === "open" ? drift.filter((field) => field !== "merged") : []) },
];

/** The tasks of a ticket at this moment, heaviest first, each with the findings that it is about. */
export function tasksOf(ticket: TicketFacts, now: Date): TicketTask[] {
  return RULES.flatMap(({ kind, of }) => {
    const task = of(ticket, now);
    return task ? [{ kind, text: task.text, findings: task.findings ?? [] }] : [];
  });
}
