import type { TimelineKind } from "@/lib/domain/audit/timeline";
import type { TimelineEntry, TimelinePage } from "@/lib/domain/views/finding";

/**
 * What somebody reads of a timeline, of all kinds or of one, once its newest page was read again: what is new stands on top, what was known
 * is as it is now, and earlier pages stay. Only when so much is new that the two do not meet is it the newest page alone.
 */
export function withNewest(shown: TimelinePage, newest: TimelinePage, kind: TimelineKind | null): TimelinePage {
  const now = new Map(newest.entries.map((entry) => [entry.id, entry]));
  const known = new Set(shown.entries.map(({ id }) => id));
  const meets = newest.nextCursor === null || newest.entries.some(({ id }) => known.has(id));
  if (kind === null && (!meets || shown.entries.length === 0)) return newest;
  const fresh = newest.startsAt ? [] : newest.entries.filter((entry) => !known.has(entry.id) && (kind === null || entry.kind === kind) && isNewer(entry, shown.entries[0]));
  // Only the newest act of all can be taken back: what the newest page does not hold cannot.
  const rest = shown.entries.map((entry) => now.get(entry.id) ?? (entry.revocable === null ? entry : { ...entry, revocable: null }));
  return { ...shown, entries: [...fresh, ...rest] };
}

function isNewer(entry: TimelineEntry, first: TimelineEntry | undefined): boolean {
  return first === undefined || entry.at >= first.at;
}
