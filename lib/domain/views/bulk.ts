import type { BulkCategory, BulkStatus } from "@/lib/domain/bulk/words";
import type { CloseReason, Response, Route, Severity } from "@/lib/domain/finding/words";
import type { ModuleState } from "@/lib/domain/module/table";
import type { BulkItemRecord, BulkRecord } from "@/lib/domain/records/bulk";
import type { Result } from "@/lib/domain/refusal";
import type { EvidenceInput, Seen } from "./actions";
import type { Instant } from "./shell";

/** What a screen asks to be done to many findings. */
export type BulkTerms = {
  response?: Response;
  reason?: CloseReason;
  expiresAt?: Instant;
  duplicateOf?: number;
  followUpOn?: Instant;
  evidence?: readonly EvidenceInput[];
  claim?: boolean;
  assignee?: number | null;
  tags?: { add: readonly string[]; remove: readonly string[] };
  severity?: Severity;
  state?: ModuleState | null;
  /** the decision stands: what is flagged for re-review is answered */
  keep?: boolean;
  route?: Route;
  note?: string;
};

/** Which findings: all that a filter finds (the parameters of its address), or a list. */
export type BulkChoice = { filter: Readonly<Record<string, string>> } | { items: readonly Seen[] };

/** `changed` and `left`: how many an undo took back and left alone, where it is done already. */
export type BulkStarted = { id: number; status: BulkStatus; total: number; changed?: number; left?: number };
export type BulkItems = { items: readonly BulkItemRecord[]; next_cursor: string | null };

export type BulksPage = { items: readonly BulkRecord[]; next_cursor: string | null; now: Instant; open: BulkRecord | null };

type Steer = (raw: { environment: number; bulk: number }) => Promise<Result<BulkStarted>>;

/** The doors of bulk actions. */
export type BulkActions = {
  previewBulk: (raw: { environment: number; action: BulkTerms } & BulkChoice) => Promise<Result<BulkRecord>>;
  startBulk: (raw: { environment: number; bulk: number; confirm: number }) => Promise<Result<BulkStarted>>;
  pauseBulk: Steer;
  resumeBulk: Steer;
  cancelBulk: Steer;
  undoBulk: Steer;
  loadMyBulks: (raw: { environment: number }) => Promise<Result<readonly BulkRecord[]>>;
  loadBulkItems: (raw: { environment: number; bulk: number; code?: BulkCategory; cursor?: string | null }) => Promise<Result<BulkItems>>;
};
