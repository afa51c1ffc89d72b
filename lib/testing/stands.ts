import type { CloseReason, Governance, Severity } from "@/lib/domain/finding/words";

/** The law of findings in a page, written a second time and without the tables of the domain: what a test expects of whoever acts. */

/** Where a finding stands. `until`: when its acceptance ends, in milliseconds; 0 where none stands. `severity`: the team's word. */
export type Stand = { status: Governance; reason: CloseReason | null; until: number; severity: Severity | null };
export const UNTOUCHED: Stand = { status: "open", reason: null, until: 0, severity: null };

/** What people decide, by hand or by a token; `days`: of the expiry, or of the follow-up. */
export const DECISIONS = [
  { response: "investigating" }, { response: "closed", reason: "patched" }, { response: "closed", reason: "mitigated", days: 5 }, { response: "closed", reason: "false_positive" },
  { response: "accepted_risk", days: 20 }, { response: "needs_review" },
] as const;
export type Decided = (typeof DECISIONS)[number];

const NEEDS_REVIEW: readonly Governance[] = ["open", "reopened"];
const to = (stand: Stand, status: Governance, reason: CloseReason | null = null, until = 0): Stand => ({ ...stand, status, reason, until });
const isGone = ({ status, reason }: Stand): boolean => status === "resolved" && reason !== "mitigated";

/** A decision leads where it says, whatever stood before. */
export function decidedTo(stand: Stand, decided: Decided, until: number): Stand {
  if (decided.response === "needs_review") return NEEDS_REVIEW.includes(stand.status) ? stand : to(stand, "open");
  if (decided.response === "investigating") return to(stand, "in_progress");
  if (decided.response === "accepted_risk") return to(stand, "accepted_risk", null, until);
  return to(stand, decided.reason === "false_positive" ? "false_positive" : "resolved", decided.reason);
}

/** A scan that sees it contradicts that it is gone, and nothing else. */
export const seenAgain = (stand: Stand): Stand => (isGone(stand) ? to(stand, "reopened") : stand);

/** The clock ends acceptances, and nothing else. */
export const atTime = (stand: Stand, now: number): Stand => (stand.status === "accepted_risk" && stand.until <= now ? to(stand, "open") : stand);

const STEPS: Readonly<Record<string, readonly [Governance, CloseReason | null]>> = { false_positive: ["false_positive", "false_positive"], in_progress: ["in_progress", null], resolve_candidate: ["resolved", "patched"] };

/** What a person follows is one step, from what nobody has decided; what stands there already is agreed with. */
export function followedTo(stand: Stand, suggests: string): Stand {
  const [status, reason] = STEPS[suggests] ?? [stand.status, null];
  const isOpen = NEEDS_REVIEW.includes(stand.status) || stand.status === "in_progress";
  return !isOpen || status === stand.status ? stand : to(stand, status, reason);
}

/** The decision of the old finding, where one stands that says more than that it is gone; its severity where the new one has none. */
export function carriedTo(stand: Stand, old: Stand): Stand {
  const severity = stand.severity ?? old.severity;
  return NEEDS_REVIEW.includes(old.status) || isGone(old) ? { ...stand, severity } : { ...old, severity };
}
