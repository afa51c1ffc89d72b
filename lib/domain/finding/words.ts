/** The closed vocabularies of a finding, in the order in which they are shown and sorted. */

export const SCANNER_STATUSES = ["new", "open", "closed"] as const;
export type ScannerStatus = (typeof SCANNER_STATUSES)[number];

export const GOVERNANCE_STATUSES = ["open", "in_progress", "false_positive", "accepted_risk", "resolved", "reopened"] as const;
export type Governance = (typeof GOVERNANCE_STATUSES)[number];

export const RESPONSES = ["needs_review", "investigating", "accepted_risk", "closed"] as const;
export type Response = (typeof RESPONSES)[number];

export const TABS = [...RESPONSES, "all"] as const;
export type Tab = (typeof TABS)[number];

/** Worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CLOSE_REASONS = ["patched", "false_positive", "risk_accepted", "vendor_notified", "mitigated", "duplicate", "decommissioned"] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

export const VERIFICATIONS = ["none", "pending", "failed", "verified", "attested"] as const;
export type Verification = (typeof VERIFICATIONS)[number];

export const EVIDENCE_KINDS = ["scan", "retest", "commit", "attestation"] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** How the work on a finding is handed over; each finding has at most one. */
export const ROUTES = ["ticket", "sprint_batch", "quarterly_batch", "record_only", "paused"] as const;
export type Route = (typeof ROUTES)[number];

/** The stable numeric code of each response. */
export const RESPONSE_CODES = { needs_review: 0, investigating: 1, accepted_risk: 2, closed: 3 } as const satisfies Record<Response, number>;

export const SCANNER_LABELS = { new: "New", open: "Open", closed: "Not detected" } as const satisfies Record<ScannerStatus, string>;

export const GOVERNANCE_LABELS = {
  open: "Open",
  in_progress: "In progress",
  false_positive: "False positive",
  accepted_risk: "Accepted risk",
  resolved: "Resolved",
  reopened: "Reopened",
} as const satisfies Record<Governance, string>;

export const RESPONSE_LABELS = {
  needs_review: "Needs Review",
  investigating: "Investigating",
  accepted_risk: "Accepted Risk",
  closed: "Closed",
} as const satisfies Record<Response, string>;

export const TAB_LABELS = { ...RESPONSE_LABELS, all: "All" } as const satisfies Record<Tab, string>;

export const SEVERITY_LABELS = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  info: "Informational",
} as const satisfies Record<Severity, string>;

export const ROUTE_LABELS = {
  ticket: "Ticket",
  sprint_batch: "Sprint batch",
  quarterly_batch: "Quarterly batch",
  record_only: "Record only",
  paused: "Paused",
} as const satisfies Record<Route, string>;

export const CLOSE_REASON_LABELS = {
  patched: "Patched",
  false_positive: "False positive",
  risk_accepted: "Risk accepted",
  vendor_notified: "Vendor notified",
  mitigated: "Mitigated",
  duplicate: "Duplicate",
  decommissioned: "Decommissioned",
} as const satisfies Record<CloseReason, string>;

/** A reason as people read it: the label of a close reason; any other text as it is. */
export function reasonLabel(reason: string): string {
  const known = CLOSE_REASONS.find((each) => each === reason);
  return known ? CLOSE_REASON_LABELS[known] : reason;
}

export const VERIFICATION_LABELS = {
  none: "Not verified",
  pending: "Verification pending",
  failed: "Verification failed",
  verified: "Verified",
  attested: "Attested",
} as const satisfies Record<Verification, string>;

export const EVIDENCE_LABELS = {
  scan: "Scanner re-run",
  retest: "Manual retest",
  commit: "Commit reference",
  attestation: "Attestation",
} as const satisfies Record<EvidenceKind, string>;

/** What the detection dot says: its tooltip and its text alternative. */
export const DETECTION_LABELS = {
  new: "Currently Detected",
  open: "Currently Detected",
  closed: "Not Detected in Latest Scan",
} as const satisfies Record<ScannerStatus, string>;
