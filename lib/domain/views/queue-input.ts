import { z } from "zod";
import { isSpan } from "@/lib/domain/filter/span";
import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS } from "@/lib/domain/finding/words";
import { IS_FLAGS, SCAN_CHANGES, SORTS } from "./alerts";

const words = z.array(z.string().trim().min(1).max(300)).max(50);
const known = <const T extends readonly [string, ...string[]]>(values: T) => z.array(z.enum(values)).max(values.length);
const whole = (max: number) => z.array(z.number().int().min(0).max(max)).max(50);
const span = z.string().max(30).refine(isSpan).nullable();

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
  q: z.string().max(400),
  sort: z.enum(SORTS),
  scan: z.number().int().positive().max(2_147_483_647).nullable(),
  change: z.enum(SCAN_CHANGES).nullable(),
});
