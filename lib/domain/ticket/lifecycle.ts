import type { AuditAction } from "@/lib/domain/audit/actions";
import type { CloseReason } from "@/lib/domain/finding/words";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { TicketBadge, TicketState } from "./words";

/** The two steps of a ticket. Nothing else moves it, and nothing moves it by itself. */
export const TICKET_STEPS = {
  close: { from: "open", to: "closed", action: "ticket.closed" },
  reopen: { from: "closed", to: "open", action: "ticket.reopened" },
} as const satisfies Record<string, { from: TicketState; to: TicketState; action: AuditAction }>;
export type TicketStep = keyof typeof TICKET_STEPS;

export type TicketReasonRule = {
  /** Closing needs a justification or notes: the reason alone says too little. */
  justified: boolean;
  /** The date of a vendor's answer is asked for; without one the task stays. */
  followUp: boolean;
  /** The fix counts as shipped: its verification begins. */
  shipped: boolean;
  /** What remains to be done at the findings, which closing never touches; null: their disposition alone. */
  then: "complete_acceptance" | null;
};

/** Close reasons on a ticket: one row each. */
export const TICKET_REASON_RULES = {
  patched: { justified: false, followUp: false, shipped: true, then: null },
  false_positive: { justified: false, followUp: false, shipped: false, then: null },
  risk_accepted: { justified: true, followUp: false, shipped: false, then: "complete_acceptance" },
  vendor_notified: { justified: false, followUp: true, shipped: false, then: null },
  mitigated: { justified: false, followUp: false, shipped: false, then: null },
  duplicate: { justified: false, followUp: false, shipped: false, then: null },
  decommissioned: { justified: false, followUp: false, shipped: false, then: null },
} as const satisfies Record<CloseReason, TicketReasonRule>;

/** The rule of a reason, typed as a rule. */
export function ticketReasonRule(reason: CloseReason): TicketReasonRule {
  return TICKET_REASON_RULES[reason];
}

/** What the lifecycle moves: nothing of it is a finding's. */
export type TicketStanding = {
  state: TicketState;
  reopenCount: number;
  closeReason: CloseReason | null;
  notes: string | null;
  reopenReason: string | null;
  followUpOn: Date | null;
  proposal: string | null;
  closedAt: Date | null;
};

export type Closing = { reason: CloseReason; notes?: string | null | undefined; justification?: string | null | undefined; followUpOn?: Date | null | undefined };

/** The step, or the refusal that names the legal one: a ticket is open or closed, so the only other step is always the opposite. */
function legal(standing: TicketStanding, step: TicketStep): Result<null> {
  const { from, to } = TICKET_STEPS[step];
  if (standing.state === from) return ok(null);
  return refuse("illegal", standing.state === to && step === "close" ? "This ticket is closed already." : "This ticket is open: only a closed one is reopened.", {
    next: step === "close" ? "Reopen it first, or change its notes." : "Close it with a reason first.", allowed: [step === "close" ? "reopen" : "close"],
  });
}

/**
 * Closes a ticket with a reason (and notes). Accepting a risk asks for its justification, for which the notes may stand. Refuses with `illegal`
 * what is closed, with `invalid` what is missing. Its findings stay exactly as they are.
 */
export function closeTicket(standing: TicketStanding, asked: Closing, now: Date): Result<TicketStanding> {
  const step = legal(standing, "close");
  if (!step.ok) return step;
  const rule = ticketReasonRule(asked.reason);
  const notes = [asked.justification, asked.notes].filter(Boolean).join("\n\n") || null;
  if (rule.justified && notes === null) return refuseInput([{ path: "justification", message: "Accepting a risk needs its justification." }]);
  if (asked.followUpOn && !rule.followUp) return refuseInput([{ path: "followUpOn", message: "A follow-up date stands beside the reason vendor_notified." }]);
  if (asked.followUpOn && asked.followUpOn <= now) return refuseInput([{ path: "followUpOn", message: "A follow-up lies in the future." }]);
  return ok({ ...standing, state: "closed", closeReason: asked.reason, notes, followUpOn: asked.followUpOn ?? null, closedAt: now, proposal: null });
}

/** Is it closed until a vendor answers? */
export function awaitsVendor({ state, closeReason }: Pick<TicketStanding, "state" | "closeReason">): boolean {
  return state === "closed" && closeReason !== null && ticketReasonRule(closeReason).followUp;
}

/** The day on which a vendor is asked again, of a ticket that is closed until then; null takes it away. Refuses with `invalid` where nobody is waited for, or that day is over. */
export function namedFollowUp(standing: Pick<TicketStanding, "state" | "closeReason">, followUpOn: Date | null, now: Date): Result<Date | null> {
  const isWaiting = awaitsVendor(standing);
  if (followUpOn === null || (isWaiting && followUpOn > now)) return ok(followUpOn);
  return refuseInput([{ path: "followUpOn", message: isWaiting ? "A follow-up lies in the future." : "A follow-up date stands on a ticket that was closed as vendor_notified." }]);
}

/** Opens a closed ticket again, with a reason: back to open, and counted. What it was closed with is kept by the log. */
export function reopenTicket(standing: TicketStanding, reason: string): Result<TicketStanding> {
  const step = legal(standing, "reopen");
  if (!step.ok) return step;
  if (reason.trim() === "") return refuseInput([{ path: "reason", message: "Reopening needs a reason." }]);
  return ok({ ...standing, state: "open", reopenCount: standing.reopenCount + 1, closeReason: null, notes: null, followUpOn: null, closedAt: null, proposal: null, reopenReason: reason });
}

/** What the badge says: open, reopened or closed. */
export function badgeOf({ state, reopenCount }: Pick<TicketStanding, "state" | "reopenCount">): TicketBadge {
  if (state === "closed") return "closed";
  return reopenCount > 0 ? "reopened" : "open";
}
