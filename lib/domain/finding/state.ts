import type { CloseReason, EvidenceKind, Governance, Route, ScannerStatus, Severity, Verification } from "@/lib/domain/finding/words";
import type { ModuleKey, ModuleState } from "@/lib/domain/module/table";

/** The people-owned columns of a finding: all that a decision may change, and exactly what a revert restores. */
export type PeopleState = {
  governance: Governance;
  /** The reason of the standing disposition; null for none, and for a resolution without reason. */
  closeReason: CloseReason | null;
  acceptedUntil: Date | null;
  acceptanceId: number | null;
  duplicateOf: number | null;
  /** Vendor follow-up, or the review date of a mitigation. */
  followUpOn: Date | null;
  /** Why somebody should look again; null: not flagged. */
  reReview: string | null;
  verification: Verification;
  /** The team's word on severity; null: the scanner's stands. */
  teamSeverity: Severity | null;
  calibratedAt: Date | null;
  assigneeId: number | null;
  tags: readonly string[];
  /** What people say of it in its module, beside the response; null: nothing yet. */
  moduleState: ModuleState | null;
  /** How its work is handed over; null: nobody has said. */
  route: Route | null;
  /** First decision or assignment by a person since the clocks last (re)started. */
  firstResponseAt: Date | null;
  /** When the standing disposition was recorded with its reason. */
  acknowledgedAt: Date | null;
  /** When the standing decision was taken; null where none stands. */
  decidedAt: Date | null;
  slaStartedAt: Date;
  slaPausedAt: Date | null;
  acknowledgeBy: Date | null;
  resolveBy: Date | null;
};

export type FindingState = PeopleState & {
  number: number;
  version: number;
  scanner: ScannerStatus;
  technical: Severity;
  kev: boolean;
  /** The module whose states may be said of it; null: none. */
  stateModule: ModuleKey | null;
  /** Kinds attached and not contradicted by a later sighting or failed retest. */
  evidence: readonly EvidenceKind[];
  assetDecommissionedOn: Date | null;
  /** Does its asset name who answers for it, or their team? */
  assetOwned: boolean;
};

/** What an environment's policy says about decisions. */
export type DecisionPolicy = {
  maxAcceptanceDays: number;
  /** By how many bands an accepted risk lowers the effective severity. */
  acceptedBands: number;
  /** The calibrated bands in which a resolution needs evidence. */
  evidenceRequired: readonly Severity[];
  acceptedEvidence: readonly EvidenceKind[];
  approvalRequired: boolean;
  redetection: "reopen" | "flag";
  undoHours: number;
  /** How long ahead the expiry of an acceptance is announced. */
  warnDays: number;
};

export const DEFAULT_POLICY: DecisionPolicy = {
  maxAcceptanceDays: 365,
  acceptedBands: 1,
  evidenceRequired: [],
  acceptedEvidence: ["scan", "retest", "commit", "attestation"],
  approvalRequired: false,
  redetection: "reopen",
  undoHours: 24,
  warnDays: 14,
};
