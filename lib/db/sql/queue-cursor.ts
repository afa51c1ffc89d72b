import { z } from "zod";
import type { After, Sorting } from "@/lib/db/sql/queue-sort";
import { SCANNER_STATUSES, SEVERITIES } from "@/lib/domain/finding/words";

const shape = z.object({
  s: z.string().max(20),
  k: z.array(z.string().max(60).nullable()).max(3),
  i: z.number().int().min(0).max(2_147_483_647),
});

const INSTANT = /^([1-9]\d{3}-(?:0[1-9]|1[0-2])-\d{2}) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?[+-](?:0\d|1[0-4])(?::[0-5]\d){0,2}$/;

/** Is this an instant as PostgreSQL writes it, that it would also read again? A cursor comes from outside: the 30th of February would be an error. */
export function isInstantText(text: string): boolean {
  const day = INSTANT.exec(text)?.[1];
  const at = Date.parse(`${day}T00:00:00Z`);
  return day !== undefined && !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function fits(text: string | null, type: string): boolean {
  if (text === null) return type === "timestamptz";
  if (type === "severity") return SEVERITIES.some((severity) => severity === text);
  if (type === "scanner_status") return SCANNER_STATUSES.some((status) => status === text);
  return type === "timestamptz" && isInstantText(text);
}

/** Where the next page begins, as opaque text. */
export function writeCursor({ sort }: Sorting, after: After): string {
  return Buffer.from(JSON.stringify({ s: sort, k: after.keys, i: after.last })).toString("base64url");
}

/** Reads a cursor of this sort; null when it is none: cut, forged, or of another sort. */
export function readCursor(sorting: Sorting, text: string): After | null {
  const read = shape.safeParse(jsonOf(text));
  if (!read.success || read.data.s !== sorting.sort) return null;
  const { k: keys, i: last } = read.data;
  const types = sorting.lookUp ? [] : sorting.columns.slice(0, -1).map(({ type }) => type);
  const isWhole = keys.length === types.length && types.every((type, at) => fits(keys[at] ?? null, type));
  return isWhole ? { keys, last } : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
