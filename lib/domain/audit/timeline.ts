import { DECISION_ACTIONS, TICKET_ACTIONS, type AuditAction } from "@/lib/domain/audit/actions";

/** What a finding's timeline can be narrowed to, most telling first: an act of several kinds is shown under each, and named by the first. */
export const TIMELINE_KINDS = ["decision", "ticket", "scan", "severity", "ownership", "evidence", "other"] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export const TIMELINE_LABELS = {
  decision: "Decisions",
  ticket: "Tickets",
  scan: "Detection",
  severity: "Severity",
  ownership: "Assignments and tags",
  evidence: "Evidence",
  other: "Everything else",
} as const satisfies Record<TimelineKind, string>;

/** The actions of each kind. What moves the status is a decision whatever it is called; what stands nowhere is "other". */
export const KIND_ACTIONS: Record<Exclude<TimelineKind, "other">, readonly AuditAction[]> = {
  decision: [...DECISION_ACTIONS, "finding.routed"],
  ticket: TICKET_ACTIONS,
  scan: ["finding.matched", "finding.refound", "finding.moved"],
  severity: ["finding.severity_calibrated", "finding.entered_kev", "finding.left_kev"],
  ownership: ["finding.assigned", "finding.tagged", "finding.shared", "finding.state_set"],
  evidence: ["finding.evidence_added", "finding.claimed", "finding.verified", "finding.verification_failed"],
};

/** The actions that have a kind of their own. */
export const KNOWN_ACTIONS: readonly AuditAction[] = Object.values(KIND_ACTIONS).flat();

type Said = { action: string; moves: boolean };

/** The kind that an act is named by. Takes its events: what each is called and whether it moves the status. */
export function kindOfAct(events: readonly Said[]): TimelineKind {
  const has = (actions: readonly string[]) => events.some(({ action }) => actions.includes(action));
  if (events.some(({ moves }) => moves) || has(KIND_ACTIONS.decision)) return "decision";
  return TIMELINE_KINDS.find((kind) => kind !== "other" && has(KIND_ACTIONS[kind])) ?? "other";
}
