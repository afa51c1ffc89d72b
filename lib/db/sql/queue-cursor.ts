import { z } from "zod";
import type { Column, Place, Sorting } from "@/lib/db/sql/queue-sort";
import { SEVERITIES } from "@/lib/domain/finding/words";

const shape = z.object({
  s: z.string().max(20),
  p: z.tuple([z.number().int().min(0).max(9), z.number().int().min(0).max(9)]),
  k: z.array(z.string().max(60).nullable()).max(6),
  /** upwards */
  u: z.literal(true).optional(),
});

const INSTANT = /^([1-9]\d{3}-(?:0[1-9]|1[0-2])-\d{2}) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?[+-](?:0\d|1[0-4])(?::[0-5]\d){0,2}$/;

/** Is this an instant as PostgreSQL writes it, that it would also read again? A cursor comes from outside: the 30th of February would be an error. */
export function isInstantText(text: string): boolean {
  const day = INSTANT.exec(text)?.[1];
  const at = Date.parse(`${day}T00:00:00Z`);
  return day !== undefined && !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function fits(text: string | null | undefined, { type }: Column): boolean {
  if (type === "name") return text === null;
  if (text === null || text === undefined) return false;
  if (type === "severity") return SEVERITIES.some((severity) => severity === text);
  if (type === "int") return /^\d{1,10}$/.test(text) && Number(text) <= 2_147_483_647;
  return isInstantText(text);
}

/** Where a page begins, and which way it is read from there. */
export type Bookmark = { place: Place; backwards: boolean };

/** As opaque text. */
export function writeCursor({ sort }: Sorting, { stretch, part, keys }: Place, backwards = false): string {
  return Buffer.from(JSON.stringify({ s: sort, p: [stretch, part], k: keys, ...(backwards ? { u: true } : {}) })).toString("base64url");
}

/** Reads a cursor of this sort; null when it is none: cut, forged, or of another sort. */
export function readCursor(sorting: Sorting, text: string): Bookmark | null {
  const read = shape.safeParse(jsonOf(text));
  if (!read.success || read.data.s !== sorting.sort) return null;
  const { p: [stretch, part], k: keys, u } = read.data;
  const columns = sorting.stretches[stretch]?.[part]?.columns;
  const isWhole = columns !== undefined && columns.length === keys.length && columns.every((column, at) => fits(keys[at], column));
  return isWhole ? { place: { stretch, part, keys }, backwards: u === true } : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
