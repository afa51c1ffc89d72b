import { z } from "zod";
import { readFilter } from "@/lib/domain/filter/read";
import { LIMITS } from "@/lib/domain/filter/expression";
import { FIELD_NAMES } from "@/lib/domain/filter/fields";
import type { Fault } from "@/lib/domain/refusal";
import type { QueueFilter } from "@/lib/domain/views/alerts";

export const MAX_LIMIT = 500;
export const DEFAULT_LIMIT = 50;

const text = z.string().max(LIMITS.characters);
const value = z.union([text, z.array(text).max(50)]);

/** The parameters by name, for documents and doors; a list stands with commas or repeated. */
export const FILTER_PARAMETERS = ["q", ...FIELD_NAMES] as const;

/** A filter as an outsider writes it, parameters or JSON; each fault is named with its field. No tab means all. */
export const askedFilter = z.record(z.string().max(100), value).superRefine((asked, context) => {
  if (Object.keys(asked).length > 60) context.addIssue({ code: "custom", path: [], message: "Too many parameters." });
}).transform((asked, context): QueueFilter => {
  const { filter, faults } = readFilter(asked, "all");
  for (const fault of faults.slice(0, 50)) context.addIssue({ code: "custom", path: [fault.path], message: fault.message, ...placeOf(fault) });
  return filter;
});

function placeOf({ at, length }: Fault): { params?: { at: number; length: number } } {
  return at === undefined || length === undefined ? {} : { params: { at, length } };
}

export const pageLimit = z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT);
export const pageCursor = z.string().min(1).max(2_000).nullable().default(null);
