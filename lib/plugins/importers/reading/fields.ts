/** Reads values of parsed JSON whose shape nobody vouches for: what is not as expected is as good as absent. */
export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = Object.freeze({});

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : NONE);

/** Own property only: a key named `constructor` finds nothing. */
export const valueAt = (from: unknown, key: string): unknown =>
  isFields(from) && Object.hasOwn(from, key) ? from[key] : undefined;

export const fieldsAt = (from: unknown, key: string): Fields => fieldsOf(valueAt(from, key));

export function listAt(from: unknown, key: string, most: number): readonly unknown[] {
  const value = valueAt(from, key);
  return Array.isArray(value) ? value.slice(0, most) : [];
}

export function stringAt(from: unknown, key: string): string | null {
  const value = valueAt(from, key);
  return typeof value === "string" && value !== "" ? value : null;
}

/** A finite number, also one written as text. */
export function numberAt(from: unknown, key: string): number | null {
  const value = valueAt(from, key);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" && /^-?\d{1,15}(\.\d{1,15})?$/.test(value.trim()) ? Number(value) : null;
}

/** An index into a table: a whole number from 0, else null. */
export function indexAt(from: unknown, key: string): number | null {
  const value = valueAt(from, key);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** The texts of a list of texts, or one text standing alone. */
export function stringsAt(from: unknown, key: string, most: number): readonly string[] {
  const value = valueAt(from, key);
  if (typeof value === "string") return [value];
  return listAt(from, key, most).filter((one) => typeof one === "string");
}

/** A time without a zone: read as UTC, or it would be another instant on another machine. */
const ZONELESS = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?)$/;

/** An instant between 1990 and 2200; whatever else a report calls a time is null. */
export function instant(text: string | null): Date | null {
  if (text === null || !/^\d{4}-\d\d-\d\d/.test(text)) return null;
  const date = new Date(text.replace(ZONELESS, "$1T$2Z"));
  const year = date.getUTCFullYear();
  return year >= 1990 && year <= 2200 ? date : null;
}
