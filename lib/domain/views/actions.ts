import type { CloseReason, EvidenceKind, Governance, Response, Route, Severity } from "@/lib/domain/finding/words";
import type { TimelineKind } from "@/lib/domain/audit/timeline";
import type { LiveSource } from "@/lib/domain/filter/fields";
import type { ModuleState } from "@/lib/domain/module/table";
import type { RefusalCode, Result } from "@/lib/domain/refusal";
import type { CarriesView } from "./carry";
import type { FindingRow, QueueCounts, QueueFilter, RowsPage } from "./alerts";
import type { FindingDetail, TimelinePage, WhyView } from "./finding";
import type { Instant } from "./shell";
import type { SuggestionVerb } from "./suggestion";

/** A finding as the screen last saw it: the version makes a stale decision refuse. */
export type Seen = { number: number; version: number };
export type EvidenceInput = { kind: EvidenceKind; reference?: string; note?: string; approver?: string; /** of a file that was sent before */ file?: number };

/** Sent again under the same key (a UUID) it is done once. */
export type Keyed = { key?: string };

export type DecideInput = Keyed & {
  environment: number;
  items: readonly Seen[];
  /** one of the two: a response walks the legal path, `to` is one hop */
  response?: Response;
  to?: Governance;
  reason?: CloseReason;
  note?: string;
  expiresAt?: Instant;
  duplicateOf?: number;
  followUpOn?: Instant;
  evidence?: EvidenceInput;
  /** closed, once the next covering scan no longer sees it: in progress until then */
  claim?: boolean;
};

/** What is put right about standing decisions; the status stays, and what is not said too. */
export type AmendInput = Keyed & Pick<DecideInput, "environment" | "items" | "reason" | "duplicateOf" | "followUpOn" | "evidence"> & { note: string };

/**
 * What a decision on one or many did. `skipped` names each finding left alone and why; when all are
 * skipped it is still an answer, not a refusal. `rows` are the fresh rows of what changed and of what was skipped as stale.
 */
export type BulkOutcome = {
  actionId: string | null;
  changed: number;
  /** how many wait for an approver; they count as neither changed nor skipped */
  requested: number;
  skipped: readonly { number: number; why: string; code?: RefusalCode }[];
  undoUntil: Instant | null;
  rows: readonly FindingRow[];
  counts: QueueCounts;
};

/** Values that can stand after a field's name, most likely first; `label` says more where the value alone would not. */
export type CompletionValues = { values: readonly { value: string; label: string | null }[] };

/** The doors that the queue and the finding screens call; pages hand them over as server actions. */
export type FindingActions = {
  decideFindings: (raw: DecideInput) => Promise<Result<BulkOutcome>>;
  /** looked at again: the decision stands, and the flag for re-review goes */
  keepDecisions: (raw: Keyed & { environment: number; items: readonly Seen[]; note: string }) => Promise<Result<BulkOutcome>>;
  amendDecisions: (raw: AmendInput) => Promise<Result<BulkOutcome>>;
  /** `assignee` is a person's id, null takes the assignment away */
  assignFindings: (raw: Keyed & { environment: number; items: readonly Seen[]; assignee: number | null }) => Promise<Result<BulkOutcome>>;
  tagFindings: (raw: Keyed & { environment: number; items: readonly Seen[]; add: readonly string[]; remove: readonly string[] }) => Promise<Result<BulkOutcome>>;
  /** how they stand in their module; null takes that back */
  routeFindings: (raw: Keyed & { environment: number; items: readonly Seen[]; decision: Route; reason: string }) => Promise<Result<BulkOutcome>>;
  setFindingState: (raw: Keyed & { environment: number; items: readonly Seen[]; state: ModuleState | null }) => Promise<Result<BulkOutcome>>;
  calibrateFinding: (raw: { environment: number; number: number; version: number; calibrated: Severity; reason: string }) => Promise<Result<BulkOutcome>>;
  addEvidence: (raw: { environment: number; number: number; version: number } & EvidenceInput) => Promise<Result<BulkOutcome>>;
  approveAcceptances: (raw: Keyed & { environment: number; items: readonly Seen[]; note?: string }) => Promise<Result<BulkOutcome>>;
  refuseAcceptances: (raw: Keyed & { environment: number; items: readonly Seen[]; note: string }) => Promise<Result<BulkOutcome>>;
  /** without `items` on all that the action moved */
  revertAction: (raw: Keyed & { environment: number; actionId: string; items?: readonly { number: number }[] | undefined }) => Promise<Result<BulkOutcome>>;
  /** `version` and `fromVersion` as the screen saw the two findings */
  carryDecision: (raw: { environment: number; items: readonly { carry: number; version?: number; fromVersion?: number }[] }) => Promise<Result<BulkOutcome>>;
  applySuggestions: SuggestionVerb;
  ignoreSuggestions: SuggestionVerb;
  dismissCarry: (raw: { environment: number; carry: number }) => Promise<Result<{ carry: number }>>;
  loadRows: (raw: { environment: number; filter: QueueFilter; cursor: string | null; limit?: number }) => Promise<Result<RowsPage>>;
  loadCompletions: (raw: { environment: number; source: LiveSource; prefix: string }) => Promise<Result<CompletionValues>>;
  loadFinding: (raw: { environment: number; number: number }) => Promise<Result<FindingDetail>>;
  loadWhy: (raw: { environment: number; number: number }) => Promise<Result<WhyView>>;
  loadTimeline: (raw: { environment: number; number: number; cursor: string | null; kind: TimelineKind | null }) => Promise<Result<TimelinePage>>;
};

/** The doors of the list of proposals that a scan left. */
export type CarryActions = Pick<FindingActions, "carryDecision" | "dismissCarry" | "revertAction"> & {
  carryAllOfScan: (raw: { environment: number; scan: number }) => Promise<Result<{ changed: number; actionId: string; left: boolean; skipped: readonly { number: number; why: string }[] }>>;
  loadCarries: (raw: { environment: number; scan: number; after?: number }) => Promise<Result<CarriesView>>;
};
