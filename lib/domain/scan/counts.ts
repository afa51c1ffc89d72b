import { z } from "zod";

const n = z.number().int().min(0);

/**
 * What a scan made of its report. `observed` is the sum of new, persisting, refound, suppressed, duplicates and rejected.
 * `regressed` are resolutions that a sighting contradicts; most of them are refound as well. `preserved` are persisting or
 * refound with a decision that stays. `statements` are what a document says about vulnerabilities (VEX): they are no results.
 */
export const scanCounts = z.object({
  observed: n,
  new: n,
  persisting: n,
  refound: n,
  regressed: n,
  unseen: n,
  preserved: n,
  suppressed: n,
  duplicates_in_report: n,
  rejected: n,
  statements: n,
});

export type ScanCounts = z.output<typeof scanCounts>;

/** The names of the counts, in the order in which they are told. */
export const COUNT_NAMES = scanCounts.keyof().options;
