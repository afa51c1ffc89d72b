import type { DecisionPolicy, FindingState, PeopleState } from "@/lib/domain/finding/state";
import type { CloseReason, EvidenceKind, Governance, Response } from "@/lib/domain/finding/words";
import { refuse, type Result } from "@/lib/domain/refusal";
import type { SlaTable } from "@/lib/domain/sla/table";

/** `to` is one step through the table; `response` walks the shortest legal path. */
export type Decision = ({ to: Governance; response?: undefined } | { response: Response; to?: undefined }) & {
  reason?: CloseReason | undefined;
  note?: string | undefined;
  expiresAt?: Date | undefined;
  duplicateOf?: number | undefined;
  followUpOn?: Date | undefined;
  /** Kinds that are attached together with this decision. */
  addsEvidence?: readonly EvidenceKind[] | undefined;
  /** The system alone: a retest failed, so a resolution of any reason falls. */
  retestFailed?: boolean | undefined;
};

export type By = "person" | "automation" | "system" | "clock" | "importer";

export type DecisionContext = {
  now: Date;
  by: By;
  policy: DecisionPolicy;
  sla: SlaTable;
  /** An automation that accepts risk names both: the person who owns it, and one who may accept risk. */
  automation?: { ownerId: number; approverId: number } | undefined;
  /** True when an approver (never the requester) applies a requested acceptance. */
  approved?: boolean | undefined;
};

export type Hop = { from: Governance; to: Governance };

export type Outcome = {
  /** One log entry each; empty when the acceptance was only requested. */
  hops: readonly Hop[];
  after: PeopleState;
  /** The reason to log as the recorded disposition; null: none was recorded. */
  acknowledged: CloseReason | null;
  /** A new acceptance with this expiry; the caller stores it and writes its id as `acceptanceId`. */
  accepts: Date | null;
  /** Policy asks for approval: nothing moved, `accepts` waits for an approver. */
  requested: boolean;
};

export function decide(finding: FindingState, decision: Decision, context: DecisionContext): Result<Outcome> {
  void finding;
  void decision;
  void context;
  return refuse("unavailable", "Decisions are not built yet.");
}
