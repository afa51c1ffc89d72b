import { line } from "../reading/plain-text";

const GUID = /\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?/gi;
/** A day, with or without its time: `2024-05-01`, `2024_05_01T02:00:00.5Z`, `20240501-020000`. */
const DAY = /(?<!\d)20\d\d([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[-_.T ]?(?:[01]\d|2[0-3])[-:_.h]?[0-5]\d(?:[-:_.m]?[0-5]\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)/g;
/** A commit, whole or as it is shortened; with a digit and a letter, or it may be a word or a number. */
const COMMIT = /^(?=.*\d)(?=.*[a-f])(?:[\da-f]{7,12}|[\da-f]{40}|[\da-f]{64})$/i;
/** Seconds or milliseconds since 1970, of these years. */
const STAMP = /^1[5-9]\d{8}(?:\d{3})?$/;

/**
 * The category in the id of a run (3.17.2): what stands before the last slash. The part behind it tells one run from the next, so that an
 * id without a slash names nothing that lasts. What tells runs apart may stand before it too: days, GUIDs and commits are left out wherever they
 * are, or each run would be a detector of its own and close nothing.
 */
export function categoryOf(id: string): string | null {
  const bounded = id.slice(0, 500); // thousands of slashes would be tried from each of them
  const segments = bounded.slice(0, Math.max(0, bounded.lastIndexOf("/"))).split("/");
  const category = line(segments.map(lasting).join("/").replaceAll(/\/{2,}/g, "/").replaceAll(/^\/+|\/+$/g, ""), 120);
  return category === "" ? null : category;
}

/** A segment without what changes from run to run; one in which nothing does is left as it is. */
function lasting(segment: string): string {
  const plain = segment.trim();
  if (COMMIT.test(plain) || STAMP.test(plain)) return "";
  const left = plain.replaceAll(GUID, "").replaceAll(DAY, "");
  return left === plain ? segment : left.replaceAll(/^[-_.:@# ]+|[-_.:@# ]+$/g, "").replaceAll(/([-_.:@# ])[-_.:@# ]+/g, "$1");
}
