import { z } from "zod";
import { GOVERNANCE_STATUSES, RESPONSES, SCANNER_STATUSES, SEVERITIES, TABS } from "@/lib/domain/finding/words";
import { IS_FLAGS, SCAN_CHANGES, SORTS } from "./alerts";

const words = (max: number) => z.array(z.string().trim().min(1).max(200)).max(max);
const known = <const T extends readonly [string, ...string[]]>(values: T) => z.array(z.enum(values)).max(values.length);

/** The same shape asked of a filter that arrives as data (the next page of rows). */
export const queueFilter = z.object({
  tab: z.enum(TABS),
  severity: known(SEVERITIES),
  scanner: known(SCANNER_STATUSES),
  governance: known(GOVERNANCE_STATUSES),
  response: known(RESPONSES),
  detector: words(50),
  asset: words(50),
  assignee: words(50),
  tag: words(50),
  is: known(IS_FLAGS),
  q: z.string().max(400),
  sort: z.enum(SORTS),
  scan: z.number().int().positive().nullable(),
  change: z.enum(SCAN_CHANGES).nullable(),
});
