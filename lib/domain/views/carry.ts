import type { CloseReason, Governance, Response, ScannerStatus, Severity } from "@/lib/domain/finding/words";
import type { Instant } from "./shell";

/** One of the two findings of a proposal, as it stands. */
export type CarrySide = {
  number: number; version: number; title: string; location: string; severity: Severity;
  scanner: ScannerStatus; governance: Governance; response: Response; closeReason: CloseReason | null;
};

/** A proposal: the new finding looks like the old one, whose decision may be carried over. */
export type CarryView = {
  id: number;
  scan: number;
  /** in which way they are alike, one sentence */
  why: string;
  asset: string;
  /** who decided on the old one last, and when; null where only assigned, tagged or calibrated by what the log no longer tells */
  decidedBy: string | null;
  decidedAt: Instant | null;
  outcome: "carried" | "dismissed" | null;
  settledBy: string | null;
  from: CarrySide;
  to: CarrySide;
};

/** The open proposals of a scan, in order; `total` counts all that are open. */
export type CarriesView = { scan: number; total: number; items: readonly CarryView[]; next: number | null };

/** The same weakness as another detector sees it on the same asset. */
export type TwinView = {
  number: number; title: string; detector: string; location: string; severity: Severity;
  scanner: ScannerStatus; response: Response; governance: Governance; closeReason: CloseReason | null;
  /** the CVE and GHSA names that both carry */
  shared: readonly string[];
  /** this finding, or that one, is recorded as the other's duplicate */
  isRecorded: boolean;
};
