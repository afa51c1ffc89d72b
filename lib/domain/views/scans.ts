import type { ScanCounts } from "@/lib/domain/scan/counts";
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
