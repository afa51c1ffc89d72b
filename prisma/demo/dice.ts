/** Repeatable chance: the same words give the same number, so that the demo is the same everywhere. */
export function chance(...words: readonly (string | number)[]): number {
  let hash = 2166136261;
  for (const char of words.join("/")) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A whole number below `limit`. */
export function roll(limit: number, ...words: readonly (string | number)[]): number {
  return Math.floor(chance(...words) * limit);
}

/** In which of the scans 0..last is this weakness seen? Most stay, some come late, some go, a few come back. */
export function isSeen(scan: number, last: number, ...words: readonly (string | number)[]): boolean {
  const from = chance("from", ...words) < 0.45 ? 0 : 1 + roll(last, "from-when", ...words);
  if (scan < from) return false;
  const fate = chance("fate", ...words);
  if (fate > 0.32) return true;
  const gone = from + 1 + roll(Math.max(1, last - from), "gone", ...words);
  const back = fate < 0.07 ? gone + 1 : last + 1;
  return scan < gone || scan >= back;
}
