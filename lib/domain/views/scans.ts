import type { Severity } from "@/lib/domain/finding/words";
import type { Brake } from "@/lib/domain/scan/brake";
import type { ScanCounts } from "@/lib/domain/scan/counts";
import type { PreviewKind } from "@/lib/domain/scan/preview";
import type { EnvironmentView, Instant, Me } from "./shell";

export const SCAN_STATUSES = ["queued", "parsing", "previewed", "held", "applying", "completed", "failed", "cancelled"] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

export type ScanFault = { message: string; line: number | null; path: string | null };

export type ScanRow = {
  number: number;
  status: ScanStatus;
  fileName: string | null;
  format: string | null;
  takenAt: Instant | null;
  startedAt: Instant | null;
  finishedAt: Instant | null;
  by: string;
  parts: readonly { detector: string; assetCount: number; scope: "full" | "partial"; failed: boolean }[];
  counts: ScanCounts;
  sha256: string | null;
  bytes: number | null;
  error: ScanFault | null;
};

export type ScanDetail = ScanRow & { rejected: readonly { where: string; why: string }[] };

export type ScansPage = {
  environment: EnvironmentView;
  me: Me;
  now: Instant;
  scans: readonly ScanRow[];
  nextCursor: string | null;
  /** names of known assets, offered while typing (at most 200) */
  assets: readonly string[];
  formats: readonly { format: string; label: string }[];
  /** where the drop zone sends the report, and the largest it may be */
  upload: { maxBytes: number };
};

export type ScanPage = { environment: EnvironmentView; me: Me; now: Instant; scan: ScanDetail };

/** What is different from the preview before, and what happened in between. Instants are ISO 8601. */
export type MovedView = {
  since: number;
  counts: readonly { name: keyof ScanCounts; from: number; to: number }[];
  scans: readonly { scan: number; by: string; at: Instant }[];
  decisions: { total: number; latest: readonly { finding: number; to: string; by: string; at: Instant }[] };
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
  moved: MovedView | null;
  /** Every attempt that left a preview, newest first; at most 50. */
  attempts: readonly { attempt: number; madeAt: Instant; digest: string; moved: boolean; held: boolean }[];
  /** How many rows are kept of each kind that has any (at most 1,000 each; the counts tell how many there were). */
  kept: readonly { kind: PreviewKind; rows: number }[];
  /** The format cannot prove its end and nobody said that the scan is full: it closes nothing. */
  countedPartial: boolean;
  brakeOff: boolean;
  note: string | null;
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
