import type { CloseReason, EvidenceKind, Governance, Response, ScannerStatus, Severity, Tab } from "@/lib/domain/finding/words";
import type { EnvironmentView, Instant, Me, PersonView } from "./shell";
import type { FindingDetail } from "./finding";

/** Properties that can be asked for with `is:`; the chips beside the tabs are the last five. */
export const IS_FLAGS = ["kev", "new", "regressed", "overdue", "unassigned", "administrative", "re_review", "live", "waiting", "expiring", "requested"] as const;
export type IsFlag = (typeof IS_FLAGS)[number];

/** severity = (effective, calibrated, id); decided = newest decision, the default of the Closed tab. A leading "-" descends. */
export const SORTS = ["severity", "-severity", "due", "-added", "added", "-seen", "-decided", "asset", "title"] as const;
export type Sort = (typeof SORTS)[number];

/** The queue's filter, exactly what the address holds. Empty lists and an empty text ask for everything. */
export type QueueFilter = {
  tab: Tab;
  severity: readonly Severity[];
  scanner: readonly ScannerStatus[];
  governance: readonly Governance[];
  response: readonly Response[];
  detector: readonly string[];
  asset: readonly string[];
  /** "me", "none" or a person's e-mail */
  assignee: readonly string[];
  tag: readonly string[];
  is: readonly IsFlag[];
  /** free text: title, location and identifiers */
  q: string;
  sort: Sort;
  /** findings of one scan by what that scan did to them, as the counts of a scan link to them */
  scan: number | null;
  change: ScanChange | null;
};

export const SCAN_CHANGES = ["new", "persisting", "refound", "regressed", "unseen", "suppressed"] as const;
export type ScanChange = (typeof SCAN_CHANGES)[number];

export const SLA_STATES = ["none", "due", "warning", "overdue", "paused", "met"] as const;
export type SlaState = (typeof SLA_STATES)[number];

export type SlaView = {
  state: SlaState;
  acknowledgeBy: Instant | null;
  acknowledged: boolean;
  resolveBy: Instant | null;
  /** the clock that runs out first, null when none runs */
  next: { clock: "acknowledge" | "resolve"; due: Instant; usedShare: number } | null;
};

export type FindingRow = {
  number: number;
  version: number;
  title: string;
  asset: string;
  detector: string;
  rule: string;
  location: string;
  severity: { technical: Severity; calibrated: Severity; effective: Severity };
  scannerStatus: ScannerStatus;
  governance: Governance;
  response: Response;
  closeReason: CloseReason | null;
  verification: "none" | "pending" | "failed" | "verified" | "attested";
  regressed: boolean;
  kev: boolean;
  isNew: boolean;
  assignee: PersonView | null;
  tags: readonly string[];
  addedOn: Instant;
  lastSeenOn: Instant | null;
  sla: SlaView;
  acceptedUntil: Instant | null;
  followUpOn: Instant | null;
  reReview: string | null;
};

/** Exact, for the whole environment: never narrowed by the filter. The filtered number is `total`. */
export type QueueCounts = {
  tabs: Record<Tab, number>;
  responses: Record<Response, number>;
  unassigned: number;
  chips: { re_review: number; live: number; waiting: number; expiring: number; requested: number };
};

export type Facet<T extends string = string> = { value: T; label?: string; count?: number };

export type QueuePolicy = { undoHours: number; maxAcceptanceDays: number; evidenceRequired: readonly Severity[]; acceptedEvidence: readonly EvidenceKind[] };

export type RowsPage = { rows: readonly FindingRow[]; nextCursor: string | null };

export type AlertsPage = RowsPage & {
  environment: EnvironmentView;
  me: Me;
  /** the server's clock when the page was read: ages and due times count from here */
  now: Instant;
  filter: QueueFilter;
  counts: QueueCounts;
  /** how many findings match the filter inside its tab; null where the caller did not ask */
  total: number | null;
  facets: { severity: readonly Facet[]; detector: readonly Facet[]; assignee: readonly Facet[]; tag: readonly Facet[] };
  people: readonly PersonView[];
  policy: QueuePolicy;
  lastScan: { number: number; at: Instant; new: number; regressed: number } | null;
  /** the environment holds no finding and no scan yet */
  isEmpty: boolean;
  /** detail of the finding that the address asks to open, null when none or unknown */
  open: FindingDetail | null;
};
