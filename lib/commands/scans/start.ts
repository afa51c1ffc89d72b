import { claimScan, giveBack, markApplying, renewLease, type ClaimedScan, type Progress } from "@/lib/db/sql/scan-claim";

export type { ClaimedScan, Progress } from "@/lib/db/sql/scan-claim";

/**
 * Takes a scan to run it, by one conditional update. Null: it is done, cancelled, or another runner is at it.
 * A scan whose runner fell silent is taken again from the stored file.
 */
export async function startScan(scan: number): Promise<ClaimedScan | null> {
  return claimScan(scan);
}

/** Says that the runner lives, and how far it has read. False: the scan is no longer its own. */
export async function keepScan(claimed: ClaimedScan, progress: Progress): Promise<boolean> {
  return renewLease(claimed, progress);
}

/** The report has been read to its end, and is worked out from now on. False: it has been cancelled, or another runner has it. */
export async function beginApplying(claimed: ClaimedScan): Promise<boolean> {
  return markApplying(claimed);
}

/** Lets go of a scan after trouble that was not the report's, in words, or because it was told to (null; what it writes is not broken off, unless that `isOver`); whoever comes next starts it again. */
export async function giveBackScan(claimed: ClaimedScan, trouble: string | null, isOver = false): Promise<void> {
  return giveBack(claimed, trouble, isOver);
}
