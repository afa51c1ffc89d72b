import type { AuditAction } from "@/lib/domain/audit/actions";
import type { Job } from "@/lib/domain/jobs";
import type { NoticeEvent } from "./events";

/** Which entries of the log people are told of, and as what. A new message is a row here. */
export const TELLING = {
  "finding.assigned": ["assignment"],
  "finding.shared": ["shared"],
  "finding.transitioned": ["status_changed"],
  "finding.expired": ["status_changed"],
  "finding.regressed": ["status_changed"],
  "finding.reverted": ["status_changed"],
  "finding.verification_failed": ["verification_failed"],
  "acceptance.warned": ["acceptance_expiring"],
  "scan.completed": ["critical_finding", "re_find"],
  "ticket.created": ["new_ticket"],
  "ticket.assigned": ["assignment"],
  "ticket.closed": ["status_changed"],
  "ticket.reopened": ["status_changed"],
  // what was ended does not hold any more, as when an acceptance ran out: nobody saw anything again, which is what re_find says
  "ticket.reopening_proposed": ["status_changed"],
  "ticket.escalated": ["escalation"],
} as const satisfies Partial<Record<AuditAction, readonly NoticeEvent[]>>;

const MOST_ACTIONS = 1_000;

type Entry = { action: string; actionId?: string; bulk?: number | null };

/** What ends a bulk action: its findings are told of then, once for each person. */
const ENDS = new Set(["bulk.completed", "bulk.cancelled", "bulk.failed"]);

/** The job that tells people of an act; none where nobody is told of anything in it. */
export function tellingOf(environment: number | null, actionId: string, trail: readonly Entry[]): Job[] {
  if (environment === null) return [];
  const isTold = ({ action, bulk }: Entry) => (bulk ? ENDS.has(action) : Object.hasOwn(TELLING, action));
  const actions = [...new Set(trail.filter(isTold).map((entry) => entry.actionId ?? actionId))].slice(0, MOST_ACTIONS);
  return actions.length > 0 ? [{ name: "tell-people", payload: { environment, actions } }] : [];
}
