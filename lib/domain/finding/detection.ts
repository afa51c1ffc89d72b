import type { ScannerStatus } from "@/lib/domain/finding/words";

/** The three timestamps that say whether a finding is still detectable. Times are when a scan was taken. */
export type Detection = { addedOn: Date; lastSeenOn: Date | null; lastScanned: Date | null };

/** Is it still detectable? The first condition that holds; never written by a person. */
export function scannerStatus({ addedOn, lastSeenOn, lastScanned }: Detection): ScannerStatus {
  if (lastScanned !== null && addedOn >= lastScanned) return "new";
  if (lastScanned === null || (lastSeenOn !== null && lastSeenOn >= lastScanned)) return "open";
  return "closed";
}

/** The later of two moments; null counts as never. */
export function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one >= other ? one : other;
}

/** What one scan means for one finding. */
export type Look = {
  takenAt: Date;
  /** Anything but completed changes nothing at all. */
  outcome: "completed" | "failed" | "cancelled";
  /** Does the declared scope hold this finding: same detector, its asset, its rule? Unnamed partial scans cover nothing. */
  covers: boolean;
  sees: boolean;
};

export type DetectionChange = "none" | "new" | "persisting" | "refound" | "unseen" | "history";

/**
 * The model of an import, one finding at a time: the oracle of the set-based SQL.
 * Takes the finding (null: not known yet) with its `lastScanned`, for an unknown one that of the newest scan
 * covering it so far, and gives the three timestamps afterwards; null while it is still unknown.
 * `added_on` is written once: an older scan that comes in late fills history and changes no status.
 */
export function observe(
  finding: Detection | null,
  look: Look,
  lastScanned: Date | null = null,
): { finding: Detection | null; change: DetectionChange } {
  const counts = look.outcome === "completed" && (look.sees || look.covers);
  if (!counts) return { finding, change: "none" };

  const scanned = look.covers ? later(finding?.lastScanned ?? lastScanned, look.takenAt) : (finding?.lastScanned ?? lastScanned);
  if (finding === null) {
    if (!look.sees) return { finding, change: "none" };
    const arrived = { addedOn: look.takenAt, lastSeenOn: look.takenAt, lastScanned: scanned };
    return { finding: arrived, change: "new" };
  }

  const lastSeenOn = look.sees ? later(finding.lastSeenOn, look.takenAt) : finding.lastSeenOn;
  const after = { addedOn: finding.addedOn, lastSeenOn, lastScanned: scanned };
  return { finding: after, change: changeOf(finding, after, look) };
}

function changeOf(before: Detection, after: Detection, look: Look): DetectionChange {
  if (before.lastScanned !== null && look.takenAt < before.lastScanned) return "history";
  const was = scannerStatus(before);
  const is = scannerStatus(after);
  if (was === "closed" && is !== "closed") return "refound";
  if (was !== "closed" && is === "closed") return "unseen";
  return look.sees ? "persisting" : "none";
}
