const DAY = 86_400_000;
const UNITS = { h: 3_600_000, d: DAY, w: 7 * DAY } as const;

/** `past` counts back from now (added, seen, decided), `future` ahead (due). */
export type Direction = "past" | "future";
/** Half open: from `from` on, before `until`; null is no bound. */
export type Bounds = { from: Date | null; until: Date | null };

type Relative = { kind: "relative"; more: boolean; milliseconds: number };
type Days = { kind: "days"; first: number | null; last: number | null };

const unitOf = (letter: string | undefined) => (letter === "h" || letter === "d" || letter === "w" ? UNITS[letter] : null);

function dayOf(text: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(text) ? null : at;
}

function read(text: string): Relative | Days | null {
  const relative = /^([<>])(\d{1,4})([hdw])$/.exec(text);
  const unit = unitOf(relative?.[3]);
  if (relative && unit !== null) return { kind: "relative", more: relative[1] === ">", milliseconds: Number(relative[2]) * unit };

  const parts = text.split("..");
  if (parts.length > 2) return null;
  const [start = "", end = start] = parts;
  const first = start === "" ? null : dayOf(start);
  const last = end === "" ? null : dayOf(end);
  if ((start !== "" && first === null) || (end !== "" && last === null) || (first === null && last === null)) return null;
  return first !== null && last !== null && first > last ? null : { kind: "days", first, last };
}

/**
 * Is this a span of time? ">30d" and "<24h" count from now (hours, days, weeks);
 * "2026-11-01..2026-11-21" names days in UTC, both included, either may be absent; "2026-11-01" is one day.
 */
export function isSpan(text: string): boolean {
  return read(text) !== null;
}

const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

/**
 * A span in its one form, or null where it is none. Beside what `isSpan` knows it understands ">=30d" and "<=24h" (an instant more or less),
 * and days compared: ">2026-11-01" is from the day after on, "<=2026-11-01" until that day, both in UTC.
 */
export function canonicalSpan(text: string): string | null {
  const [, sign, equal, rest = ""] = /^([<>])(=?)(.+)$/.exec(text) ?? [];
  if (sign === undefined) return isSpan(text) ? text : null;
  const day = dayOf(rest);
  if (day === null) return isSpan(`${sign}${rest}`) ? `${sign}${rest}` : null;
  const edge = equal === "" ? day + (sign === ">" ? DAY : -DAY) : day;
  const days = sign === ">" ? `${iso(edge)}..` : `..${iso(edge)}`;
  return isSpan(days) ? days : null;
}

/** The bounds of a span at this moment. Looking back, "<7d" is within the last seven days; looking ahead, before seven days have passed. */
export function spanBounds(text: string, now: Date, direction: Direction): Bounds {
  const span = read(text);
  if (span === null) return { from: null, until: null };
  if (span.kind === "days")
    return { from: span.first === null ? null : new Date(span.first), until: span.last === null ? null : new Date(span.last + DAY) };

  const edge = new Date(now.getTime() + (direction === "past" ? -span.milliseconds : span.milliseconds));
  const isBefore = direction === "past" ? span.more : !span.more;
  return isBefore ? { from: null, until: edge } : { from: edge, until: null };
}
