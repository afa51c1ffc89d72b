import type { AcceptanceRules, ImportRules, PolicyRecord } from "@/lib/domain/records/policy";
import type { Governance, Severity } from "@/lib/domain/finding/words";
import type { Brake, ImportPolicy } from "@/lib/domain/scan/brake";
import type { Result } from "@/lib/domain/refusal";
import type { ScanCounts } from "@/lib/domain/scan/counts";
import type { ColumnMapping, MappingGuess } from "@/lib/domain/scan/mapping";
import type { PreviewFacts, PreviewKind, PreviewLooks } from "@/lib/domain/scan/preview";
import type { CarriesView } from "./carry";
import type { EnvironmentView, Instant, Me } from "./shell";
import type { SuggestionsView } from "./suggestion";

export const SCAN_STATUSES = ["queued", "parsing", "previewed", "held", "applying", "completed", "failed", "cancelled"] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** `next`: what helps. `tried`: what each format said, where none or more than one claims the report. */
export type ScanFault = { message: string; next: string; line: number | null; path: string | null; tried: readonly { format: string; why: string }[] };

export type ScanRow = {
  number: number;
  status: ScanStatus;
  fileName: string | null;
  format: string | null;
  /** The format as people call it. */
  formatLabel: string | null;
  takenAt: Instant | null;
  startedAt: Instant | null;
  finishedAt: Instant | null;
  by: string;
  parts: readonly { detector: string; assetCount: number; scope: "full" | "partial"; failed: boolean; rejected: number }[];
  counts: ScanCounts;
  sha256: string | null;
  bytes: number | null;
  error: ScanFault | null;
};

/** What its sender said of it. */
export type ScanAsked = {
  asset: string | null; assetOverride: boolean; detector: string | null;
  rules: readonly string[]; paths: readonly string[]; findings: readonly number[];
};

/** `removedAt`: since when the file itself is gone; null while it is there. */
export type ScanDetail = ScanRow & { removedAt: Instant | null; rejected: readonly { where: string; why: string }[]; asked: ScanAsked };

/** A saved reading of a table. */
export type MappingView = { name: string; format: "generic-csv" | "generic-json"; mapping: ColumnMapping; version: number };

/**
 * What the first bytes of a report tell before it is sent: its format, or what each format says to it; and where it is a table, its
 * columns, some rows below them, and which column is probably which field.
 */
export type ReportLook = {
  isPacked: boolean;
  found: { format: string; label: string } | null;
  message: string | null;
  tried: ScanFault["tried"];
  table: { format: MappingView["format"]; columns: readonly string[]; rows: readonly (readonly string[])[]; guess: MappingGuess } | null;
};

export type ScanSettled = { scan: number; status: ScanStatus };

/** What the screens ask of scans; each takes what its command or query takes. */
export type ScanActions = {
  applyScan: (asked: { environment: number; scan: number; expects: string }) => Promise<Result<ScanSettled>>;
  releaseScan: (asked: { environment: number; scan: number; expects: string; note: string }) => Promise<Result<ScanSettled>>;
  cancelScan: (asked: { environment: number; scan: number }) => Promise<Result<ScanSettled>>;
  loadScanRows: (asked: { environment: number; scan: number; attempt: number; kind: PreviewKind; after: number; limit: number }) => Promise<Result<PreviewRows>>;
  saveMapping: (asked: { environment: number; name: string; format: MappingView["format"]; mapping: ColumnMapping; version?: number }) => Promise<Result<{ name: string; version: number }>>;
  changePolicy: (asked: { environment: number; import: ImportRules; acceptance: Partial<AcceptanceRules> }) => Promise<Result<PolicyRecord>>;
};

export type ScansPage = {
  environment: EnvironmentView;
  me: Me;
  now: Instant;
  scans: readonly ScanRow[];
  nextCursor: string | null;
  /** names of known assets, offered while typing (at most 200) */
  assets: readonly string[];
  formats: readonly { format: string; label: string }[];
  /** what happens to a report whose sender does not say, and when the brake holds */
  imports: ImportPolicy;
  acceptance: AcceptanceRules;
  /** saved readings of tables, by name (at most 100) */
  mappings: readonly MappingView[];
  /** where the drop zone sends the report, and the largest it may be */
  upload: { maxBytes: number };
};

export type ScanPage = {
  environment: EnvironmentView;
  me: Me;
  now: Instant;
  scan: ScanDetail;
  /** null where it left none: it was not read to its end */
  preview: ScanPreviewView | null;
  /** the first rows of the count that is open */
  rows: { kind: PreviewKind; first: PreviewRows } | null;
  /** decisions that it left behind, once it is applied */
  carries: CarriesView | null;
  /** what its document states and suggests; null where it states nothing */
  suggestions: SuggestionsView | null;
};

/** What is different from the preview before, and what happened in between. Instants are ISO 8601. */
export type MovedView = {
  since: number;
  counts: readonly { name: keyof ScanCounts; from: number; to: number }[];
  scans: readonly { scan: number; by: string; at: Instant }[];
  decisions: { total: number; latest: readonly { finding: number; to: Governance; by: string; at: Instant }[] };
  /** The same in one sentence. */
  words: string;
};

/** What a scan will do, or did, as one attempt worked it out. It can be opened for ever. */
export type ScanPreviewView = {
  scan: number;
  status: ScanStatus;
  attempt: number;
  madeAt: Instant;
  /** This attempt is the newest: only its digest can be applied. */
  isNewest: boolean;
  /** This attempt was applied: it tells what the scan did. */
  isApplied: boolean;
  counts: ScanCounts;
  /** Whoever applies or releases sends this as `expects`. */
  digest: string;
  brakes: readonly Brake[];
  /** What it tells beside its counts. */
  facts: PreviewFacts;
  moved: MovedView | null;
  /** Every attempt that left a preview, newest first; at most 50. `held`: the brake held it, and it was not only shown. */
  attempts: readonly { attempt: number; madeAt: Instant; digest: string; moved: boolean; held: boolean }[];
  /** How many rows are kept of each kind that has any (at most 1,000 each; the counts tell how many there were). */
  kept: readonly { kind: PreviewKind; rows: number }[];
  /** The format cannot prove its end and nobody said that the scan is full: it closes nothing. */
  countedPartial: boolean;
  /** What it looked at; `assetIds` are those of its assets that exist, by name. */
  looks: Omit<PreviewLooks, "detectors"> & { detectors: readonly (Omit<PreviewLooks["detectors"][number], "takenAt"> & { takenAt: Instant })[] };
  assetIds: Readonly<Record<string, number>>;
  /** Who may release what the brake holds, by name; at most 20. */
  releasers: readonly string[];
  brakeOff: boolean;
  note: string | null;
  /** who let it go last after it was shown or held, and when; `lifted`: released from the brake */
  letGo: { by: string; at: Instant; note: string | null; lifted: boolean } | null;
  /** What the reader may do with it now. */
  may: { apply: boolean; release: boolean; cancel: boolean };
};

/** A row behind a count, with its reason. `finding` is a number of this environment; null where none is known (or none yet). */
export type PreviewRow = {
  kind: PreviewKind;
  position: number;
  finding: number | null;
  asset: string | null;
  severity: Severity | null;
  title: string;
  location: string;
  why: string;
};

/** `next` is what to send as `after` for the rows that follow; null at the end. */
export type PreviewRows = { rows: readonly PreviewRow[]; next: number | null };
