import type { By } from "@/lib/domain/finding/decide";
import { GOVERNANCE_STATUSES, type Governance, type Response, type ScannerStatus, type Tab } from "@/lib/domain/finding/words";

/** What must hold before an edge is walked; `guards.ts` says how each is asked. */
export type Guard =
  | "note" // a note says why
  | "expiry" // an expiry in the future, within the policy's longest acceptance
  | "renewal" // another expiry than the standing one, and why
  | "mandate" // an automation that accepts risk names an owner and an approver
  | "evidence" // proof, where the policy asks for it
  | "expired" // the acceptance has run out
  | "proved" // a scan or a retest proved the fix that somebody had claimed or shipped
  | "contradicted"; // a later sighting or a failed retest contradicts the resolution

export type Edge = { from: readonly Governance[]; to: readonly Governance[]; who: readonly By[]; guards: readonly Guard[] };

/** The transition table. What is not in here is refused; a new edge is one line. */
export const TRANSITIONS: readonly Edge[] = [
  { from: ["open"], to: ["in_progress"], who: ["person", "automation"], guards: [] },
  { from: ["open"], to: ["false_positive"], who: ["person", "automation"], guards: ["note"] },
  { from: ["open"], to: ["accepted_risk"], who: ["person"], guards: ["expiry"] },
  { from: ["open"], to: ["accepted_risk"], who: ["automation"], guards: ["expiry", "mandate"] },
  { from: ["accepted_risk"], to: ["accepted_risk"], who: ["person"], guards: ["expiry", "renewal"] },
  { from: ["open", "in_progress", "reopened"], to: ["resolved"], who: ["person"], guards: ["evidence"] },
  { from: ["in_progress", "reopened"], to: ["false_positive"], who: ["person"], guards: ["note"] },
  { from: ["in_progress", "reopened"], to: ["accepted_risk"], who: ["person"], guards: ["expiry"] },
  { from: ["in_progress"], to: ["open"], who: ["person"], guards: [] },
  { from: ["reopened"], to: ["in_progress"], who: ["person"], guards: [] },
  { from: ["false_positive"], to: ["open"], who: ["person"], guards: [] },
  { from: ["accepted_risk"], to: ["open"], who: ["person"], guards: [] },
  { from: ["accepted_risk"], to: ["open"], who: ["clock"], guards: ["expired"] },
  { from: ["open", "in_progress", "reopened"], to: ["resolved"], who: ["system"], guards: ["proved", "evidence"] },
  { from: ["resolved"], to: ["reopened"], who: ["system"], guards: ["contradicted"] },
  { from: ["resolved"], to: ["open"], who: ["person"], guards: ["note"] },
];

/** The edge between two statuses for this kind of actor; undefined: the table has none. */
export function edge(from: Governance, to: Governance, by: By): Edge | undefined {
  return TRANSITIONS.find((row) => row.from.includes(from) && row.to.includes(to) && row.who.includes(by));
}

/** The statuses that this kind of actor may move to in one step, in the order of the vocabulary. Guards may still ask for more. */
export function allowedTransitions(from: Governance, by: By): Governance[] {
  return GOVERNANCE_STATUSES.filter((to) => edge(from, to, by) !== undefined);
}

const RESPONSE_OF = {
  open: "needs_review",
  reopened: "needs_review",
  in_progress: "investigating",
  accepted_risk: "accepted_risk",
  false_positive: "closed",
  resolved: "closed",
} as const satisfies Record<Governance, Response>;

/** The four-state response that a governance status is shown as. */
export function responseOf(governance: Governance): Response {
  return RESPONSE_OF[governance];
}

/** Somebody still has to act: no disposition stands. The clocks run in these. */
export function isActive(governance: Governance): boolean {
  const response = responseOf(governance);
  return response === "needs_review" || response === "investigating";
}

export function isDetected(scanner: ScannerStatus): boolean {
  return scanner !== "closed";
}

/**
 * The one tab beside All that a finding stands in.
 * Closed is the union: closed by people, or no longer seen by the scanner.
 */
export function tabOf(scanner: ScannerStatus, governance: Governance): Response {
  return isDetected(scanner) ? responseOf(governance) : "closed";
}

/** Does this finding stand in this tab? */
export function isInTab(tab: Tab, scanner: ScannerStatus, governance: Governance): boolean {
  return tab === "all" || tabOf(scanner, governance) === tab;
}

/** Dispositioned, and still detected: counted apart, so that a decision never hides a live exposure. */
export function isLiveInClosed(scanner: ScannerStatus, governance: Governance): boolean {
  return isDetected(scanner) && responseOf(governance) === "closed";
}
