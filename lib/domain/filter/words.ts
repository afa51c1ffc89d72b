/** What may be asked with `is:`. Each is one condition on stored columns. */
export const FLAGS = [
  "kev", // known to be exploited
  "new", // first seen by the newest covering scan
  "regressed", // reopened by a sighting
  "overdue", // the resolve clock runs and its date has passed
  "unassigned", // nobody's
  "verified", // resolved, and proved by a scan, a retest or an attestation
  "administrative", // resolved without proof
  "re_review", // flagged to be looked at again
  "live", // dispositioned, and still detected
  "waiting", // with a follow-up date
  "expiring", // accepted, and inside the warning time
  "requested", // an acceptance waits for an approver
] as const;
export type Flag = (typeof FLAGS)[number];

/** What a list may be sorted by; a leading "-" turns it round. Severity and scanner stand in the order of their words: worst first, New first. */
export const SORT_KEYS = ["severity", "due", "added", "seen", "decided", "asset", "title", "scanner", "number"] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export type Sort = SortKey | `-${SortKey}`;

export type SortOrder = { key: SortKey; descending: boolean };

/** A sort as it stands in an address, read: key and direction. */
export function sortOrder(sort: Sort): SortOrder {
  const key = SORT_KEYS.find((name) => sort === name || sort === `-${name}`) ?? "severity";
  return { key, descending: sort.startsWith("-") };
}
