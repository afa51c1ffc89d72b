import { claimed } from "@/lib/domain/finding/claim";
import { dispositionFaults, aimOf } from "@/lib/domain/finding/disposition";
import { allowedTransitions, edge } from "@/lib/domain/finding/governance";
import { guardFault } from "@/lib/domain/finding/guards";
import { outcomeOf } from "@/lib/domain/finding/outcome";
import { shortestPath } from "@/lib/domain/finding/path";
import type { DecisionPolicy, FindingState, PeopleState } from "@/lib/domain/finding/state";
import { GOVERNANCE_LABELS, type CloseReason, type EvidenceKind, type Governance, type Response } from "@/lib/domain/finding/words";
import { ok, refuse, refuseInput, type Result } from "@/lib/domain/refusal";
import type { SlaTable } from "@/lib/domain/sla/table";

/** `to` is one step through the table; `response` walks the shortest legal path. */
export type Aim = { to: Governance; response?: undefined } | { response: Response; to?: undefined };

export type Decision = Aim & {
  reason?: CloseReason | undefined;
  note?: string | undefined;
  expiresAt?: Date | undefined;
  duplicateOf?: number | undefined;
  followUpOn?: Date | undefined;
  /** Kinds that are attached together with this decision. */
  addsEvidence?: readonly EvidenceKind[] | undefined;
  /** The system alone: a retest failed, so a resolution of any reason falls. */
  retestFailed?: boolean | undefined;
  /** The system alone: a scan or a retest proved the fix, so the resolution that somebody claimed is recorded. */
  proved?: boolean | undefined;
  /** The next covering scan is named as the proof: until then the finding is in progress. */
  claim?: boolean | undefined;
};

/** Which kind of actor decides. An importer is in no row of the table: what follows from an import, the system does. */
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
  /** The resolution waits for the next covering scan. */
  claims: boolean;
};

/**
 * Decides by the transition table. Takes the finding as it stands, what is asked, and who asks when under which policy;
 * gives all hops and the columns afterwards, nothing half. Refuses with
 * `conflict` (already there), `illegal` (no such step; `allowed` lists the next ones) or `invalid` (one fault per field).
 * The guards of every hop are asked before the first is walked; the end state alone drives clocks and columns.
 * A resolution that names the next covering scan as its proof ends in progress, and is completed by that scan.
 */
export function decide(finding: FindingState, decision: Decision, context: DecisionContext): Result<Outcome> {
  const aim = aimOf(finding, decision);
  if (!aim.ok) return aim;

  const hops = hopsTo(finding, aim.value, decision, context.by);
  if (!hops.ok) return hops;

  if (decision.claim === true) return claimed(finding, aim.value, decision, context);

  const guards = new Set(hops.value.flatMap((hop) => edge(hop.from, hop.to, context.by)?.guards ?? []));
  const missing = [...guards].flatMap((guard) => guardFault(guard, finding, decision, context) ?? []);
  const errors = [...dispositionFaults(finding, aim.value, decision, context), ...missing];
  if (errors.length > 0) return refuseInput(errors);

  return ok(outcomeOf(finding, aim.value, hops.value, decision, context));
}

function hopsTo(finding: FindingState, aim: Governance, decision: Decision, by: By): Result<Hop[]> {
  const from = finding.governance;
  const allowed = allowedTransitions(from, by);
  const renews = from === aim && from === "accepted_risk" && decision.expiresAt !== undefined;
  if (from === aim && !renews) return alreadyThere(aim, allowed);

  const single = edge(from, aim, by) ? [{ from, to: aim }] : null;
  const hops = decision.to === undefined ? shortestPath(from, aim, by) : single;
  if (hops === null) {
    const legal = allowed.length > 0 ? `From here: ${allowed.join(", ")}.` : "No step is open from here.";
    return refuse("illegal", `${GOVERNANCE_LABELS[from]} cannot become ${GOVERNANCE_LABELS[aim]} this way.`, { next: legal, allowed });
  }
  return ok(hops);
}

function alreadyThere(aim: Governance, allowed: readonly Governance[]): Result<never> {
  const next = aim === "accepted_risk" ? "Give a new expiry date to renew it." : "Amend its reason or note instead.";
  return refuse("conflict", `Already there: ${GOVERNANCE_LABELS[aim]}.`, { next, allowed });
}
