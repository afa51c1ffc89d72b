import type { SuggestionOutcome, Suggests } from "@/lib/domain/finding/suggestion";
import type { Governance, ScannerStatus, Severity } from "@/lib/domain/finding/words";
import type { Result } from "@/lib/domain/refusal";
import type { BulkOutcome, FindingActions } from "./actions";
import type { Instant } from "./shell";

/** What somebody else's word suggests about a finding, with where it comes from. Its texts are hostile. */
export type SuggestionView = {
  id: number;
  suggests: Suggests;
  /** who states what and when, one sentence */
  reason: string;
  source: string;
  scan: number | null;
  author: string | null;
  /** the statement's own free text */
  note: string | null;
  /** the products that the statement names, the first few of `productCount` */
  products: readonly string[];
  productCount: number;
  saidAt: Instant | null;
  at: Instant;
  outcome: SuggestionOutcome | null;
  settledAt: Instant | null;
  settledBy: string | null;
  finding: { number: number; version: number; title: string; asset: string; severity: Severity; scanner: ScannerStatus; governance: Governance };
};

export type SuggestionKind = { suggests: Suggests; open: number; applied: number; ignored: number; superseded: number };

/** What a scan's document states and suggests: `matched` statements meet `findings` findings; a hundred suggestions at a time. */
export type SuggestionsView = {
  scan: number;
  statements: number;
  matched: number;
  findings: number;
  /** the first of the statements that meet no finding */
  unmatched: readonly { claim: string; vulnerabilities: readonly string[]; products: readonly string[] }[];
  kinds: readonly SuggestionKind[];
  items: readonly SuggestionView[];
  next: number | null;
};

export type SuggestionTarget = { suggestion: number; version?: number };
export type SuggestionDone = BulkOutcome & { settled: number };
/** Applies or ignores; `many` says that it is one action on a list. */
export type SuggestionVerb = (raw: { environment: number; items: readonly SuggestionTarget[]; note?: string; many?: boolean }) => Promise<Result<SuggestionDone>>;

/** The doors of suggestions; pages hand them over as server actions. */
export type SuggestionActions = Pick<FindingActions, "revertAction" | "applySuggestions" | "ignoreSuggestions"> & {
  loadSuggestions: (raw: { environment: number; scan: number; after?: number }) => Promise<Result<SuggestionsView>>;
  /** all open ones of a scan that suggest one thing, 1,000 at most, each as it stands now */
  loadTargets: (raw: { environment: number; scan: number; suggests: Suggests }) => Promise<Result<{ items: readonly SuggestionTarget[] }>>;
};
