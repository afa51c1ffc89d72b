import type { Tx } from "@/lib/db/client";
import { writeMoves } from "@/lib/db/sql/finding-write";
import { lockFindings } from "@/lib/db/sql/finding-lock";
import type { Fix } from "@/lib/db/sql/scan-proof";
import { openTicketsOf } from "@/lib/db/sql/ticket-lock";
import { updateLinks, updateTickets, type LinkChange } from "@/lib/db/sql/ticket-write";
import { grouped } from "@/lib/domain/grouped";
import { flagForReview } from "@/lib/domain/finding/amend";
import { entriesOf, oneStep, type Move } from "@/lib/domain/finding/move";
import type { Job } from "@/lib/domain/jobs";
import type { Cause, Mover } from "@/lib/domain/remediation/machine";
import type { TicketPolicy } from "@/lib/domain/remediation/policy";
import { moveTrack, worstOf, type Moved } from "@/lib/domain/remediation/track";
import { storable } from "@/lib/domain/storable";
import { reopenTicket } from "@/lib/domain/ticket/lifecycle";
import type { Remediation } from "@/lib/domain/ticket/words";
import type { TrailEntry } from "@/lib/gate/commit";
import { deliveriesOf, deliveryJobs, enqueueDelivery, lockTickets, renewPayloads, severityAnew, ticketTrail, type HeldTicket } from "@/lib/gate/tickets";

/** What Docket does by itself is signed so. */
export const AS_SYSTEM = { type: "system", id: "system", name: "System", personId: null, actionId: null, revokes: null } as const;

/** What follows for tickets: entries first, then the rows, then whatever goes out. */
export type Following = { trail: readonly TrailEntry[]; jobs: readonly Job[]; write: (tx: Tx) => Promise<void> };

export const NOTHING_FOLLOWS: Following = { trail: [], jobs: [], write: async () => {} };

export type HowMoved = {
  to: Remediation; cause?: Cause; by: Mover; now: Date; policy: TicketPolicy; reason: string | null; note?: string | null; scan?: number; autoRetest?: boolean | undefined;
  /** Findings whose own state this act changes already: they are not flagged for re-review. */
  changing?: ReadonlySet<number>;
  /** What a fix waits for afterwards where that is known from before, and not reckoned anew. */
  waits?: (fix: Fix) => Waiting | undefined;
};

/** When a fix is looked at again, and whether by itself. */
export type Waiting = Pick<Fix, "autoRetest" | "retestAt">;

type Step = { fix: Fix; moved: Moved };

/** The fixes that may move this way, each with what becomes of it. */
export function movable(fixes: readonly Fix[], { to, cause, by, now, policy, autoRetest, waits }: HowMoved): Step[] {
  return fixes.flatMap((fix) => {
    const moved = moveTrack(fix, { to, cause, by, now, autoRetest }, policy);
    return moved ? [{ fix, moved: { ...moved, ...waits?.(fix) } }] : [];
  });
}

/**
 * Moves fixes, held by the caller, by the table; those that have no such way stay. A failure opens its ticket again as the system, with the reason,
 * and reaches the security team at the limit of attempts. Findings of such a ticket that were acknowledged are flagged for re-review.
 */
export async function moveFixes(tx: Tx, environment: number, fixes: readonly Fix[], how: HowMoved): Promise<Following> {
  const steps = movable(fixes, how);
  if (steps.length === 0) return NOTHING_FOLLOWS;
  const byTicket = [...grouped(steps, ({ fix }) => fix.ticket)];
  const shut = how.cause === "failure" ? [...new Set(steps.flatMap(({ fix }) => (fix.state === "closed" ? [fix.ticket] : [])))] : [];
  const again = shut.length > 0 ? await reopenings(tx, environment, shut, steps, how) : NOTHING_FOLLOWS;
  const apart = steps.filter(({ fix }) => !shut.includes(fix.ticket));

  const marks = { ...(how.scan ? { scan: how.scan } : {}), ...(how.by === "system" ? { bySystem: true } : {}) };
  const trail = byTicket.flatMap(([number, all]): TrailEntry[] => {
    const record = { type: "ticket", number };
    const findings = all.map(({ fix }) => fix.finding).slice(0, 1_000);
    const after = { remediation: how.to, findings, attempts: Math.max(...all.map(({ moved }) => moved.attempts)), retest_at: all[0]?.moved.retestAt ?? null };
    const moved: TrailEntry = { action: "ticket.remediation_moved", record, before: { remediation: worstOf(all.map(({ fix }) => fix.remediation)), ...(how.to === "verified" ? { waited: waitedOf(all) } : {}) }, after, reason: how.reason, note: how.note ?? null, ...marks };
    const worn = all.filter(({ moved: one }) => one.escalates);
    if (worn.length === 0) return [moved];
    const attempts = Math.max(...worn.map(({ moved: one }) => one.attempts));
    const told = { attempts, findings: worn.map(({ fix }) => fix.finding).slice(0, 1_000), security_team: how.policy.securityTeam };
    return [moved, { action: "ticket.escalated", record, after: told, reason: `The fix failed its verification ${attempts} times.`, ...(how.scan ? { scan: how.scan } : {}), bySystem: true }];
  });
  return {
    trail: [...trail, ...again.trail], jobs: again.jobs,
    write: async (writing) => {
      await updateLinks(writing, apart.map(linkOf), how.now);
      await again.write(writing);
    },
  };
}

/** What fixes waited for before they were proved, alike ones together: whoever takes the proof back finds it here. */
function waitedOf(steps: readonly Step[]): { findings: number[]; auto_retest: boolean; retest_at: Date | null }[] {
  const alike = grouped(steps, ({ fix }) => `${fix.autoRetest} ${fix.retestAt?.toISOString()}`);
  return [...alike.values()].flatMap((some) => some.slice(0, 1).map(({ fix }) => ({ findings: some.map((one) => one.fix.finding), auto_retest: fix.autoRetest, retest_at: fix.retestAt })));
}

function linkOf({ fix, moved }: Step): LinkChange {
  const { remediation, attempts, autoRetest, retestAt, escalatedAt } = moved;
  return { ticket: fix.ticketId, id: fix.findingId, isOpen: fix.isOpen, insisted: fix.insisted, remediation, attempts, autoRetest, retestAt, escalatedAt };
}

/** Closed tickets whose fix failed are open again, with all their links. */
async function reopenings(tx: Tx, environment: number, numbers: readonly number[], steps: readonly Step[], how: HowMoved): Promise<Following> {
  const reason = how.reason ?? "The fix failed its verification.";
  const held = await lockTickets(tx, environment, numbers);
  const linked = (ticket: HeldTicket) => ticket.links.filter(({ unlinkedAt }) => unlinkedAt === null);
  const rivals = await openTicketsOf(tx, held.flatMap((ticket) => linked(ticket).map(({ id }) => id)), held.map(({ id }) => id));
  const flags = await flagged(tx, environment, held, reason, how);
  const taken = new Set(rivals.keys());

  const moves = held.flatMap((ticket) => {
    const standing = ticket.mergedInto === null ? reopenTicket(ticket, reason) : null;
    const links = linked(ticket).map((link): LinkChange => {
      const step = steps.find(({ fix }) => fix.ticketId === ticket.id && fix.findingId === link.id);
      const moved = step ? linkOf(step) : { ...link, ticket: ticket.id };
      const isRival = taken.has(link.id);
      if (standing?.ok) taken.add(link.id);
      return { ...moved, isOpen: standing?.ok === true, insisted: link.insisted || isRival };
    });
    return [{ ticket, links, after: standing?.ok ? { ...ticket, ...standing.value } : null }];
  });
  const opened = moves.flatMap(({ ticket, after }) => (after ? [{ ticket, after }] : []));
  const deliveries = opened.flatMap(({ ticket }) => [...deliveriesOf(ticket, "reopen", { text: `Docket reopened T-${ticket.number}: ${reason}`, reason }), ...severityAnew(ticket)]);
  const entries = opened.map(({ ticket, after }) => ({ ...(how.scan ? { scan: how.scan } : {}), ...ticketTrail(ticket, "ticket.reopened", {
    before: { state: "closed", close_reason: ticket.closeReason, notes: ticket.notes }, after: { state: "open", reopen_count: after.reopenCount, close_reason: null, findings: linked(ticket).map(({ number }) => number) },
    reason, bySystem: true,
  }) }));
  return {
    trail: [...entries, ...flags.flatMap((move) => entriesOf(move, { bySystem: true }))], jobs: deliveryJobs(deliveries),
    write: async (writing) => {
      await updateTickets(writing, opened.map(({ after }) => after), how.now);
      await updateLinks(writing, moves.flatMap(({ links }) => links), how.now);
      await writeMoves(writing, environment, flags, AS_SYSTEM);
      await renewPayloads(writing, environment, opened.map(({ ticket }) => ticket.number));
      await enqueueDelivery(writing, environment, deliveries);
    },
  };
}

/** Findings of reopened tickets whose disposition was recorded, but for those that this act changes itself. */
async function flagged(tx: Tx, environment: number, tickets: readonly HeldTicket[], reason: string, { changing }: HowMoved): Promise<Move[]> {
  const ticketOf = new Map(tickets.flatMap((ticket) => ticket.links.flatMap(({ number, unlinkedAt, id }) => (unlinkedAt === null && !changing?.has(id) ? [[number, ticket.number] as const] : []))));
  if (ticketOf.size === 0) return [];
  const known = await lockFindings(tx, environment, [...ticketOf.keys()]);
  return known.flatMap((finding) => {
    if (finding.state.acknowledgedAt === null || finding.state.reReview !== null) return [];
    const ticket = ticketOf.get(finding.state.number);
    const why = storable(`T-${ticket} was reopened: ${reason}`, 500);
    const move = oneStep(finding, flagForReview(finding.state, why), { action: "finding.re_review_flagged", reason: why, details: { ticket } });
    return move.ok ? [move.value] : [];
  });
}

/** Several things that follow, one after the other. */
export function together(...all: readonly Following[]): Following {
  return {
    trail: all.flatMap(({ trail }) => trail), jobs: all.flatMap(({ jobs }) => jobs),
    write: async (tx) => {
      for (const one of all) await one.write(tx);
    },
  };
}
