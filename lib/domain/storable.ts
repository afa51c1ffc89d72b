import type { Fault } from "@/lib/domain/refusal";

/** NUL, and half of a surrogate pair: JSON may carry both, PostgreSQL stores neither. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** A path that the sender made longer than this begins anew. */
const MAX_PATH = 200;

/** May this text be stored and searched for? */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** The text as it may be stored, at most so many characters (UTF-16): without NUL, and with no half of a character, cut ones included. */
export function storable(text: string, most: number): string {
  return text.slice(0, most).replaceAll("\0", "").toWellFormed();
}

/**
 * The first text in an input that cannot be stored, as a fault with its path; null where there is none.
 * Looks into lists and plain objects, names included, however deep: a loop, since the sender chooses the depth.
 */
export function unstorableIn(raw: unknown): Fault | null {
  const waiting: { value: unknown; path: string }[] = [{ value: raw, path: "" }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value === "string" && !isStorable(value)) return { path, message: "A NUL or half a character stands in this text." };
    for (const [name, inner] of entriesOf(value)) {
      if (!isStorable(name)) return { path, message: "A NUL or half a character stands in a name." };
      waiting.push({ value: inner, path: path === "" || path.length > MAX_PATH ? name : `${path}.${name}` });
    }
  }
  return null;
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null ? Object.entries(value) : [];
}
