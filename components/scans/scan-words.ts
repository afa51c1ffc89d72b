import type { ScanChange } from "@/lib/domain/views/alerts";
import type { ScanCounts } from "@/lib/domain/scan/counts";
import type { ScanStatus } from "@/lib/domain/views/scans";
import type { Tone } from "@/components/ui/badge";

export const STATUS_WORDS = {
  queued: { label: "Queued", tone: "neutral" }, parsing: { label: "Reading", tone: "accent" }, previewed: { label: "Previewed", tone: "accent" }, held: { label: "Held", tone: "medium" },
  applying: { label: "Applying", tone: "accent" }, completed: { label: "Completed", tone: "good" }, failed: { label: "Failed", tone: "critical" }, cancelled: { label: "Cancelled", tone: "neutral" },
} as const satisfies Record<ScanStatus, { label: string; tone: Tone }>;

export const RUNNING: readonly ScanStatus[] = ["queued", "parsing", "applying"];

/** What a scan did to findings, each kind a link to them. */
export const CHANGE_KINDS = [
  { key: "new", label: "new", means: "seen for the first time" },
  { key: "persisting", label: "persisting", means: "seen before and still there" },
  { key: "refound", label: "re-found", means: "was gone, is detected again" },
  { key: "regressed", label: "regressed", means: "was resolved, reopened by this sighting" },
  { key: "unseen", label: "no longer seen", means: "covered by this scan and not detected; the response stays" },
  { key: "suppressed", label: "suppressed", means: "the report itself says suppressed" },
] as const satisfies readonly { key: ScanChange; label: string; means: string }[];

export const OTHER_COUNTS = [
  { key: "observed", label: "results in the report" },
  { key: "duplicates_in_report", label: "duplicates in the report" },
  { key: "rejected", label: "rejected" },
] as const satisfies readonly { key: keyof ScanCounts; label: string }[];

/** A number of bytes in words. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(kilo < 10 ? 1 : 0)} KB` : `${(kilo / 1024).toFixed(kilo < 10_240 ? 1 : 0)} MB`;
}
