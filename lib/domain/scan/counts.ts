import { z } from "zod";

const n = z.number().int().min(0);

/**
 * What a scan made of its report. `observed` is the sum of new, persisting, refound, suppressed, duplicates and rejected.
 * `regressed` are resolutions that a sighting contradicts; most of them are refound as well.
 */
export const scanCounts = z.object({
  observed: n,
  new: n,
  persisting: n,
  refound: n,
  regressed: n,
  unseen: n,
  suppressed: n,
  duplicates_in_report: n,
  rejected: n,
});

export type ScanCounts = z.output<typeof scanCounts>;
