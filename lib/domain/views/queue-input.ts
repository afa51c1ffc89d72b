import { z } from "zod";
import { LIMITS, sizeOf, type Expression, type Term } from "@/lib/domain/filter/expression";
import { FIELD_NAMES, fieldOf } from "@/lib/domain/filter/fields";
import { readValue } from "@/lib/domain/filter/values";
import { isSpan } from "@/lib/domain/filter/span";
import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS } from "@/lib/domain/finding/words";
import { IS_FLAGS, SCAN_CHANGES, SORTS } from "./alerts";

const words = z.array(z.string().trim().min(1).max(300)).max(50);
const known = <const T extends readonly [string, ...string[]]>(values: T) => z.array(z.enum(values)).max(values.length);
const whole = (max: number) => z.array(z.number().int().min(0).max(max)).max(50);
const span = z.string().max(30).refine(isSpan).nullable();

const term = z.strictObject({ field: z.enum(FIELD_NAMES), values: words.min(1) }).refine(isReadable, "A value cannot be read.");

/** As deep as people may write them; a stranger's data goes no deeper. */
const expression: z.ZodType<Expression> = deeper(LIMITS.depth + 1);

function deeper(left: number): z.ZodType<Expression> {
  if (left === 0) return term;
  const part = z.lazy(() => deeper(left - 1));
  const parts = z.array(part).min(1).max(LIMITS.terms);
  return z.union([term, z.strictObject({ not: part }), z.strictObject({ any: parts }), z.strictObject({ all: parts })]);
}

/** Values as `readValue` gives them, so that what arrives as data is what could have been typed. */
function isReadable({ field, values }: Term): boolean {
  return !fieldOf(field).alone && values.every((value) => { const read = readValue(field, value); return read.ok && read.value === value; });
}

function isBounded(rest: readonly Expression[]): boolean {
  return rest.reduce((terms, each) => terms + sizeOf(each).terms, 0) <= LIMITS.terms;
}

/** The same shape asked of a filter that arrives as data (the next page of rows, a bulk action by filter). */
export const queueFilter = z.object({
  tab: z.enum(TABS),
  severity: known(SEVERITIES),
  technical: known(SEVERITIES),
  effective: known(SEVERITIES),
  scanner: known(SCANNER_STATUSES),
  governance: known(GOVERNANCE_STATUSES),
  response: known(RESPONSES),
  detector: words,
  asset: words,
  rule: words,
  category: words,
  cwe: whole(2_147_483_647),
  cve: words,
  port: whole(65_535),
  assignee: words,
  tag: words,
  is: known(IS_FLAGS),
  added: span,
  seen: span,
  due: span,
  decided: span,
  q: z.string().max(LIMITS.characters),
  sort: z.enum(SORTS),
  scan: z.number().int().positive().max(2_147_483_647).nullable(),
  change: z.enum(SCAN_CHANGES).nullable(),
  rest: z.array(expression).max(LIMITS.terms).refine(isBounded, "The filter is too large."),
});
