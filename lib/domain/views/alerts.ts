import type { CloseReason, EvidenceKind, Governance, Response, Route, ScannerStatus, Severity, Tab } from "@/lib/domain/finding/words";
import type { ModuleKey, ModuleState } from "@/lib/domain/module/table";
import type { Expression } from "@/lib/domain/filter/expression";
import type { EnvironmentView, Instant, Me, PersonView } from "./shell";
import type { FindingDetail } from "./finding";

/** Properties that can be asked for with `is:`, each one condition on stored columns; the chips beside the tabs are the last five. */
export const IS_FLAGS = [
  "kev", // known to be exploited
  "new", // first seen by the newest covering scan
  "regressed", // reopened by a sighting
  "overdue", // a clock runs and its date has passed
  "unassigned", // nobody's, in the working queue and detected
  "verified", // proved by a scan, a retest or an attestation
  "administrative", // resolved without proof
  "ticketed", // an open ticket carries the work on it
  "re_review", // flagged to be looked at again
  "live", // dispositioned, and still detected
  "waiting", // on a vendor, with a follow-up date
  "expiring", // accepted, and inside the warning time
  "requested", // an acceptance waits for an approver
  "bookmarked", // starred by whoever asks
  "shared", // others pointed whoever asks to it
] as const;
export type IsFlag = (typeof IS_FLAGS)[number];

export const SORT_KEYS = ["severity", "due", "added", "seen", "decided", "asset", "title", "number", "status"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/**
 * severity = (effective, calibrated, id), worst first; decided = newest decision, descending is the default of the Closed tab.
 * A leading "-" turns it round. Whatever has no value comes last either way; status is New, Open, Closed either way.
 */
export const SORTS = [
  ...(["severity", "due", "added", "seen", "decided", "asset", "title", "number", "status"] as const),
  ...(["-severity", "-due", "-added", "-seen", "-decided", "-asset", "-title", "-number", "-status"] as const),
] as const;
export type Sort = (typeof SORTS)[number];

/**
 * What a queue may be narrowed by: the one shape behind addresses, REST, exports and bulk actions.
 * Values of one field are alternatives, fields add up. Empty lists, null and an empty text ask for everything.
 */
export type QueueFilter = {
  tab: Tab;
  /** calibrated */
  severity: readonly Severity[];
  technical: readonly Severity[];
  effective: readonly Severity[];
  scanner: readonly ScannerStatus[];
  governance: readonly Governance[];
  response: readonly Response[];
  detector: readonly string[];
  /** exact names; `*` stands for anything */
  asset: readonly string[];
  /** keys of rules; `*` stands for anything */
  rule: readonly string[];
  /** finding types; `*` stands for anything */
  category: readonly string[];
  cwe: readonly number[];
  cve: readonly string[];
  port: readonly number[];
  /** "me", "none" or a person's e-mail */
  assignee: readonly string[];
  tag: readonly string[];
  is: readonly IsFlag[];
  /** spans of time: ">30d", "<24h", "2026-11-01..2026-11-21" */
  added: string | null;
  seen: string | null;
  due: string | null;
  decided: string | null;
  /** free text: title, location and identifiers */
  q: string;
  sort: Sort;
  /** findings of one scan by what that scan did to them, as the counts of a scan link to them */
  scan: number | null;
  change: ScanChange | null;
  /** what the fields above cannot say (negations, alternatives of different fields, comparisons, further fields), each added up */
  rest: readonly Expression[];
};

export const SCAN_CHANGES = ["new", "persisting", "refound", "regressed", "unseen", "suppressed"] as const;
export type ScanChange = (typeof SCAN_CHANGES)[number];

/** late: disposed of after its date. */
export const SLA_STATES = ["none", "due", "warning", "overdue", "paused", "met", "late"] as const;
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
  category: string | null;
  component: string | null;
  port: number | null;
  cve: readonly string[];
  cwe: readonly number[];
  /** of CVSS */
  score: number | null;
  epss: number | null;
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
  /** the module whose states may be said of it, and what is said */
  stateModule: ModuleKey | null;
  moduleState: ModuleState | null;
  /** How its work is handed over. */
  route: Route | null;
  addedOn: Instant;
  lastSeenOn: Instant | null;
  decidedOn: Instant | null;
  sla: SlaView;
  acceptedUntil: Instant | null;
  followUpOn: Instant | null;
  reReview: string | null;
  /** the number of the finding that it is a duplicate of */
  duplicateOf: number | null;
  /** an acceptance that waits for an approver; `byId` is the e-mail of whoever asked */
  requested: { until: Instant; by: string; byId: string } | null;
};

/** Exact, for the whole environment: never narrowed by the filter. The filtered number is `total`. */
export type QueueCounts = {
  tabs: Record<Tab, number>;
  responses: Record<Response, number>;
  unassigned: number;
  chips: { re_review: number; live: number; waiting: number; expiring: number; requested: number };
};

export type Facet<T extends string = string> = { value: T; label?: string; count?: number };

/** What the menus of the filter bar offer inside a queue. */
export type QueueFacets = { severity: readonly Facet[]; detector: readonly Facet[]; assignee: readonly Facet[]; tag: readonly Facet[] };

export type QueuePolicy = { undoHours: number; maxAcceptanceDays: number; evidenceRequired: readonly Severity[]; acceptedEvidence: readonly EvidenceKind[]; approvalRequired: boolean; fourEyes: boolean };

/** Rows in their order, and where to read on: downwards, and upwards where the first of the queue is not among them. */
export type RowsPage = { rows: readonly FindingRow[]; nextCursor: string | null; previousCursor: string | null };

export type AlertsPage = RowsPage & {
  environment: EnvironmentView;
  me: Me;
  /** the server's clock when the page was read: ages and due times count from here */
  now: Instant;
  filter: QueueFilter;
  /** how many come before the first row, exactly: more than none where the address leads to a finding further down */
  offset: number;
  /** the finding whose place the address asks for, null when it asks for none or the queue does not hold it */
  at: number | null;
  counts: QueueCounts;
  /** the tabs of the module that the filter is a view of; null in Alerts, whose tabs are those of `counts` */
  moduleTabs: Record<Tab, number> | null;
  /** what the filter leaves in each tab; null where that must be counted finding by finding, once the page stands */
  shownTabs: Record<Tab, number> | null;
  /** how many findings match the filter inside its tab; null where that is dear: the rows do not wait, and the screen asks once it stands */
  total: number | null;
  people: readonly PersonView[];
  policy: QueuePolicy;
  lastScan: { number: number; at: Instant; new: number; regressed: number } | null;
  /** the environment holds no finding and no scan yet */
  isEmpty: boolean;
  /** detail of the finding that the address asks to open, null when none or unknown */
  open: FindingDetail | null;
};
