import { z } from "zod";
import { FLAGS, SORT_KEYS, type Sort } from "@/lib/domain/filter/words";
import { foldLabel } from "@/lib/domain/finding/legacy-code";
import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS } from "@/lib/domain/finding/words";
import { ok, refuseInput, type Result } from "@/lib/domain/refusal";
import { SCAN_CHANGES } from "@/lib/domain/views/alerts";

export const MAX_LIMIT = 500;
export const DEFAULT_LIMIT = 50;
const MAX_WORDS = 50;

const known = <const T extends readonly [string, ...string[]]>(values: T) => z.array(z.enum(values)).max(values.length).default([]);
const words = z.array(z.string().trim().min(1).max(300)).max(MAX_WORDS).default([]);
const day = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: "A date as ISO 8601, for example 2027-03-01." })
  .transform((text) => new Date(text))
  .nullable()
  .default(null);
const whole = z.coerce.number().int().min(0).max(2_147_483_647);

const SORTS: readonly Sort[] = SORT_KEYS.flatMap((key): Sort[] => [key, `-${key}`]);
const sort = z.enum(SORTS).default("severity");

/** A response in the words of today or of then ("To Be Closed", "None", "Public", "Reviewed"). */
const response = z
  .preprocess((text) => (typeof text === "string" ? (foldLabel(text) ?? text) : text), z.enum(RESPONSES));

/**
 * What a queue may be narrowed by; the one shape behind addresses, REST, exports and bulk actions.
 * Values of one field are alternatives, fields add up. Empty lists and null ask for everything.
 */
export const filterSchema = z.strictObject({
  tab: z.enum(TABS).default("all"),
  /** Free text: title, location and identifiers. */
  q: z.string().trim().max(400).default(""),
  /** Calibrated. */
  severity: known(SEVERITIES),
  technical: known(SEVERITIES),
  effective: known(SEVERITIES),
  scanner: known(SCANNER_STATUSES),
  governance: known(GOVERNANCE_STATUSES),
  response: z.array(response).max(MAX_WORDS).transform((all) => [...new Set(all)]).default([]),
  detector: words,
  /** Exact names; `*` stands for anything. */
  asset: words,
  rule: words,
  cwe: z.array(z.preprocess((text) => (typeof text === "string" ? text.replace(/^cwe-/i, "") : text), whole)).max(MAX_WORDS).default([]),
  cve: z.array(z.string().trim().toUpperCase().max(40)).max(MAX_WORDS).default([]),
  /** "me", "none" or a person's e-mail. */
  assignee: z.array(z.string().trim().toLowerCase().min(1).max(254)).max(MAX_WORDS).default([]),
  tag: words,
  is: known(FLAGS),
  port: z.array(whole.max(65_535)).max(MAX_WORDS).default([]),
  added_after: day,
  added_before: day,
  seen_after: day,
  seen_before: day,
  due_after: day,
  due_before: day,
  /** Findings of one scan, by what that scan did to them. */
  scan: whole.min(1).nullable().default(null),
  change: z.enum(SCAN_CHANGES).nullable().default(null),
  sort,
  limit: whole.min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().min(1).max(500).nullable().default(null),
});

export type Filter = z.output<typeof filterSchema>;

const LISTS = [
  ...(["severity", "technical", "effective", "scanner", "governance", "response", "detector", "asset", "rule"] as const),
  ...(["cwe", "cve", "assignee", "tag", "is", "port"] as const),
] as const;
const DAYS = ["added_after", "added_before", "seen_after", "seen_before", "due_after", "due_before"] as const;
const SINGLE = ["tab", "q", "scan", "change", "sort", "limit", "cursor"] as const;

const isList = (name: string) => LISTS.some((list) => list === name);

export type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads a filter out of an address: lists by comma or by repetition, a comma inside a value as `\,`.
 * What it does not know it refuses, field by field: a mistyped filter must never mean "everything".
 */
export function parseFilterParams(params: Params): Result<Filter> {
  const asked = Object.entries(params).flatMap(([name, value]) => {
    const texts = (typeof value === "string" ? [value] : [...(value ?? [])]).filter((text) => text !== "");
    if (texts.length === 0) return [];
    return [[name, isList(name) ? texts.flatMap(splitList) : texts[texts.length - 1]]];
  });
  const read = filterSchema.safeParse(Object.fromEntries(asked));
  if (read.success) return ok(read.data);
  return refuseInput(read.error.issues.flatMap(faultsOf));
}

function faultsOf(issue: z.core.$ZodIssue) {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ path: key, message: `There is no filter "${key}".` }));
  return [{ path: String(issue.path[0] ?? ""), message: issue.message }];
}

/** The address of a filter, shortest form: what is as it would be anyway is left out. Reads back to the same filter. */
export function toParams(filter: Filter): Record<string, string> {
  const plain = filterSchema.parse({});
  const lists = LISTS.filter((name) => filter[name].length > 0).map((name) => [name, filter[name].map((item) => joinable(String(item))).join(",")]);
  const days = DAYS.flatMap((name) => (filter[name] === null ? [] : [[name, filter[name].toISOString()]]));
  const single = SINGLE.flatMap((name) => (filter[name] === null || filter[name] === plain[name] ? [] : [[name, String(filter[name])]]));
  return Object.fromEntries([...lists, ...days, ...single]);
}

function joinable(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll(",", "\\,");
}

function splitList(text: string): string[] {
  const items = [...text.matchAll(/((?:\\[\\,]|[^,])+)(?:,|$)/g)].map((found) => found[1] ?? "");
  return items.map((item) => item.replace(/\\([\\,])/g, "$1").trim()).filter((item) => item !== "");
}
